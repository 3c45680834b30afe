// Folders of results that are either whole or absent.
#pragma once

#include <string>

namespace vivicor
{
  /// A folder written beside its final place and renamed to it when all is there.
  class FolderDraft
  {
  public:
    /// Refuses what can be refused before the work.
    /// @param mark a file that every finished folder of this kind holds; only such folders are ever replaced
    /// @param overwrite replaces earlier results, which are kept as FOLDER.previous
    /// @throws UserError when the folder holds something or cannot be made
    FolderDraft(const std::string &folder, const std::string &mark, bool overwrite);
    ~FolderDraft(); ///< leaves no trace unless committed
    FolderDraft(const FolderDraft &) = delete;
    FolderDraft &operator=(const FolderDraft &) = delete;

    /// Where a file goes until commit().
    std::string file(const std::string &name) const;
    /// @throws OutputError
    void commit();

  private:
    const std::string folder, mark, temporary;
    bool committed = false;
  };
}
