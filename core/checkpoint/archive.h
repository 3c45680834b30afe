// What a part shows of itself so that a run can be stopped and resumed. One function per part names each of its states once
// and serves both ways, so that saving and loading cannot drift apart. How to use it: docs/howto/restart.md.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace vivicor
{
  /// Numbers of the nodes or cells whose values this rank holds; the same whatever the number of ranks.
  using EntityIds = std::vector<std::int64_t>;

  /// Saves or loads. All calls are collective, in the same order on every rank, each name once.
  class Archive
  {
  public:
    virtual ~Archive() = default;
    virtual bool loading() const = 0;

    /// The same on every rank, of any length.
    virtual void numbers(const std::string &name, std::vector<double> &values) = 0;

    /// `width` values side by side for each of this rank's entities. Saving: each entity belongs to one rank. Loading: a rank
    /// may ask for any. @param set names the entities: arrays of one set share their ids
    virtual void by_entity(const std::string &set, const std::string &name, const EntityIds &ids, unsigned width,
                           std::vector<double> &values)
      = 0;

    /// What means something on this very partition only, such as a factorisation. @return false when loading on another
    /// one: the values are then as they were, and the part must do without
    virtual bool by_rank(const std::string &name, std::vector<double> &values) = 0;
  };

  /// One number of any kind; whole numbers are exact up to 2^53.
  template <class Number>
  void archive_number(Archive &archive, const std::string &name, Number &number)
  {
    std::vector<double> values{static_cast<double>(number)};
    archive.numbers(name, values);
    number = static_cast<Number>(values.at(0));
  }

  /// A text, as the numbers of its bytes.
  inline void archive_text(Archive &archive, const std::string &name, std::string &text)
  {
    std::vector<double> bytes(text.begin(), text.end());
    archive.numbers(name, bytes);
    text.assign(bytes.begin(), bytes.end());
  }

  /// As Archive::numbers(), of any vector-like container of doubles.
  template <class Numbers>
  void archive_numbers(Archive &archive, const std::string &name, Numbers &numbers)
  {
    std::vector<double> values(numbers.begin(), numbers.end());
    archive.numbers(name, values);
    numbers.assign(values.begin(), values.end());
  }
}
