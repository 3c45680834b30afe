/* The part of Conduit's C interface that the back end of Catalyst 2 uses, renamed as Catalyst's library renames it. */
#ifndef STAND_IN_CONDUIT_H
#define STAND_IN_CONDUIT_H

#include <stdint.h>

typedef void conduit_node;
typedef int32_t conduit_int32;
typedef int64_t conduit_int64;
typedef double conduit_float64;
typedef int64_t conduit_index_t;

#define CONDUIT_ENDIANNESS_DEFAULT_ID 0

#define conduit_node_create catalyst_conduit_node_create
#define conduit_node_destroy catalyst_conduit_node_destroy
#define conduit_node_set_path_char8_str catalyst_conduit_node_set_path_char8_str
#define conduit_node_set_path_int64 catalyst_conduit_node_set_path_int64
#define conduit_node_set_path_float64 catalyst_conduit_node_set_path_float64
#define conduit_node_set_path_external_int32_ptr catalyst_conduit_node_set_path_external_int32_ptr
#define conduit_node_set_path_external_float64_ptr catalyst_conduit_node_set_path_external_float64_ptr
#define conduit_node_set_path_external_float64_ptr_detailed catalyst_conduit_node_set_path_external_float64_ptr_detailed

#ifdef __cplusplus
extern "C" {
#endif

conduit_node *conduit_node_create(void);
void conduit_node_destroy(conduit_node *node);
void conduit_node_set_path_char8_str(conduit_node *node, const char *path, const char *value);
void conduit_node_set_path_int64(conduit_node *node, const char *path, conduit_int64 value);
void conduit_node_set_path_float64(conduit_node *node, const char *path, conduit_float64 value);
void conduit_node_set_path_external_int32_ptr(conduit_node *node, const char *path, conduit_int32 *data, conduit_index_t num_elements);
void conduit_node_set_path_external_float64_ptr(conduit_node *node, const char *path, conduit_float64 *data, conduit_index_t num_elements);
void conduit_node_set_path_external_float64_ptr_detailed(conduit_node *node, const char *path, conduit_float64 *data,
                                                         conduit_index_t num_elements, conduit_index_t offset, conduit_index_t stride,
                                                         conduit_index_t element_bytes, conduit_index_t endianness);

#ifdef __cplusplus
}
#endif

#endif
