// Time series as comma-separated values: a header with units, then a row per step, each on disk as soon as it is
// written.
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace vivicor
{
  class Table
  {
  public:
    /// Starts `file` anew with the header "t_ms,LV_volume_mL,...". @throws OutputError
    Table(const std::string &file, const std::vector<std::string> &columns);

    /// One value per column, nine significant digits. @throws OutputError when the row does not reach the file (disk
    /// full)
    void row(const std::vector<double> &values);

  private:
    struct Close
    {
      void operator()(std::FILE *stream) const { std::fclose(stream); }
    };
    void write(const std::string &line);

    std::string file;
    std::size_t n_columns;
    std::unique_ptr<std::FILE, Close> stream;
  };
}
