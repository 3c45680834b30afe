// Chambers of time-varying elastance as a pump: a heart of a few numbers, for long runs and for tests of all that stands around it.
#pragma once

#include "mechanics/elastance/drive.h"
#include "mechanics/elastance/settings.h"
#include "mechanics/pump.h"

#include <memory>
#include <string>
#include <vector>

namespace vivicor
{
  /// p = E (V - V0) in every cavity, E = active e + passive, with e as the drive says (Suga and Sagawa 1974,
  /// 10.1161/01.RES.35.1.117). A step is implicit: the pressures at its end are such that V0 + p/E is what the circulation leaves in
  /// the cavity, by Newton's method on the pressures.
  class ElastancePump : public Pump
  {
  public:
    /// For the cavities of the anatomy: any of LV, RV, LA, RA. @param mechanics the deck's section
    /// @throws UserError for other cavities and what make_drive() refuses
    ElastancePump(const PumpContext &context, const Parameters &mechanics);

    const std::vector<std::string> &cavities() const override { return names; }
    void preload(const std::vector<double> &pressure, const std::vector<double> &calcium) override;
    Step advance(double t, double dt, const std::vector<double> &calcium, const CavityLaw &law) override;
    void commit() override { committed = trial; }
    void rollback() override { trial = committed; }
    std::vector<double> volume() const override { return volume_of(committed); }
    std::vector<double> pressure() const override { return committed.pressure; }
    Size size() const override { return {0, static_cast<long long>(names.size())}; }
    void archive(Archive &archive) override;

  private:
    struct State
    {
      std::vector<double> contraction, pressure; ///< e, kPa
    };
    /// How far pressures are from what the circulation asks for.
    struct Mismatch
    {
      std::vector<double> volume; ///< mm^3; empty where the circulation has no answer
      double norm = 0;            ///< infinite where it has none
      CavityResponse response;
    };
    double elastance(const State &state, std::size_t k) const { return chambers[k].active * state.contraction[k] + chambers[k].passive; }
    std::vector<double> volume_of(const State &state) const;
    Mismatch mismatch(const CavityLaw &law, std::string &reason) const;
    /// Newton's direction on the trial's pressures. @return empty where there is none
    std::vector<double> direction(const Mismatch &m) const;

    MPI_Comm comm;
    std::vector<std::string> names;
    std::vector<ChamberElastance> chambers;
    std::unique_ptr<ElastanceDrive> drive;
    State committed, trial;
  };
}
