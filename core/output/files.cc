#include "core/output/files.h"

#include "core/error.h"
#include "core/output/digest.h"
#include "core/output/draft_file.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>
#include <vector>

namespace vivicor
{
  namespace
  {
    // The file in the same folder whose name is closest to the missing one, if it is close at all.
    std::string nearest_file(const std::string &path)
    {
      const std::filesystem::path wanted(path);
      const auto folder = wanted.has_parent_path() ? wanted.parent_path() : std::filesystem::path(".");
      std::vector<std::string> names;
      std::error_code no_folder;
      for (const auto &entry : std::filesystem::directory_iterator(folder, no_folder))
        names.push_back(entry.path().filename().string());
      const std::string name = wanted.filename().string(), best = nearest_of(name, names);
      if (best.empty() || edit_distance(name, best) > name.size() / 2)
        return "";
      return (wanted.parent_path() / best).string();
    }

    std::ifstream open_for_reading(const std::string &path)
    {
      std::error_code ignored;
      if (std::filesystem::is_directory(path, ignored))
        throw UserError({"cannot read '" + path + "'", "", "it is a folder, not a file", "", "give the path of a file"});
      std::ifstream in(path, std::ios::binary);
      if (!in)
        throw UserError({"cannot read '" + path + "'", "", std::strerror(errno), nearest_file(path), "check the path"});
      return in;
    }

    void check_read(const std::ifstream &in, const std::string &path)
    {
      if (in.bad())
        throw UserError({"cannot read '" + path + "' to its end", "", std::strerror(errno), "", "check the disk"});
    }
  }

  void write_whole(const std::string &path, const std::string &content, DraftFile::Durable durable)
  {
    DraftFile draft(path);
    draft.write(content.data(), content.size());
    draft.commit(durable);
  }

  std::string read_whole(const std::string &path)
  {
    std::ifstream in = open_for_reading(path);
    std::ostringstream content;
    content << in.rdbuf();
    check_read(in, path);
    return std::move(content).str();
  }

  std::string read_text(const std::string &path)
  {
    std::string content = read_whole(path);
    if (content.starts_with("\xff\xfe") || content.starts_with("\xfe\xff"))
      throw UserError({"the text of '" + path + "' is UTF-16", path, "its first two bytes say so", "", "save it as UTF-8"});
    std::string text;
    text.reserve(content.size());
    for (std::size_t at = content.starts_with("\xef\xbb\xbf") ? 3 : 0; at < content.size(); ++at)
      if (content[at] != '\r')
        text += content[at];
      else if (at + 1 == content.size() || content[at + 1] != '\n')
        text += '\n';
    return text;
  }

  std::string sha256_of_file(const std::string &path)
  {
    std::ifstream in = open_for_reading(path);
    Digest digest;
    std::array<char, 1 << 16> block;
    while (in.read(block.data(), block.size()), in.gcount() > 0)
      digest.feed(block.data(), static_cast<std::size_t>(in.gcount()));
    check_read(in, path);
    return digest.hex();
  }

  std::string sha256_of_text(const std::string &text)
  {
    Digest digest;
    digest.feed(text.data(), text.size());
    return digest.hex();
  }
}
