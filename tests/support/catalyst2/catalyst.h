/* The part of Catalyst 2's interface that the back end uses. */
#ifndef STAND_IN_CATALYST_H
#define STAND_IN_CATALYST_H

#include <conduit.h>

#ifdef __cplusplus
extern "C" {
#endif

enum catalyst_status {
  catalyst_status_ok = 0,
  catalyst_status_error_no_implementation,
  catalyst_status_error_already_loaded,
  catalyst_status_error_not_found,
  catalyst_status_error_not_catalyst,
  catalyst_status_error_incomplete,
  catalyst_status_error_unsupported_version
};

enum catalyst_status catalyst_initialize(const conduit_node *params);
enum catalyst_status catalyst_execute(const conduit_node *params);
enum catalyst_status catalyst_finalize(const conduit_node *params);

#ifdef __cplusplus
}
#endif

#endif
