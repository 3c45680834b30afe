#include "tests/support/catalyst2/node.h"

#include <conduit.h>

namespace
{
  stand_in::Node &place(conduit_node *node, const char *path)
  {
    return static_cast<stand_in::Node *>(node)->make(path);
  }
}

conduit_node *conduit_node_create()
{
  return new stand_in::Node;
}

void conduit_node_destroy(conduit_node *node)
{
  delete static_cast<stand_in::Node *>(node);
}

void conduit_node_set_path_char8_str(conduit_node *node, const char *path, const char *value)
{
  place(node, path).leaf = std::string(value);
}

void conduit_node_set_path_int64(conduit_node *node, const char *path, conduit_int64 value)
{
  place(node, path).leaf = value;
}

void conduit_node_set_path_float64(conduit_node *node, const char *path, conduit_float64 value)
{
  place(node, path).leaf = value;
}

void conduit_node_set_path_external_int32_ptr(conduit_node *node, const char *path, conduit_int32 *data, conduit_index_t n)
{
  place(node, path).leaf = stand_in::External<conduit_int32>{data, n};
}

void conduit_node_set_path_external_float64_ptr(conduit_node *node, const char *path, conduit_float64 *data, conduit_index_t n)
{
  place(node, path).leaf = stand_in::External<double>{data, n};
}

void conduit_node_set_path_external_float64_ptr_detailed(conduit_node *node, const char *path, conduit_float64 *data, conduit_index_t n,
                                                         conduit_index_t offset, conduit_index_t stride, conduit_index_t element_bytes,
                                                         conduit_index_t endianness)
{
  if (element_bytes != sizeof(double) || endianness != CONDUIT_ENDIANNESS_DEFAULT_ID)
    throw std::runtime_error("not the machine's own numbers");
  place(node, path).leaf = stand_in::External<double>{data, n, offset, stride};
}
