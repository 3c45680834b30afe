#include "mechanics/wall/regions.h"

#include "core/error.h"

#include <algorithm>
#include <map>

namespace vivicor
{
  namespace
  {
    const std::string inherited = "tissue"; // model name in a region's entry: as for its kind of tissue

    template <class Contract>
    Schema declare_choice(Schema &owner, const std::string &name, const std::string &default_name, const std::vector<std::string> &plain,
                          const std::string &doc)
    {
      Schema section = owner.section(name, doc);
      std::map<std::string, std::function<void(Schema &)>> models;
      for (const auto &[model, registered] : registry<Contract>())
        models[model] = registered.declare;
      for (const std::string &model : plain)
        models[model] = [](Schema &) {};
      section.select("model", default_name, models, "model of this part of the law");
      section.quantity("scale", "1", 0, 1e6, "factor on the stress or tension of the model");
      return section;
    }

    void declare_dispersion(Schema active)
    {
      active.quantity("dispersion", "0", 0, 0.5,
                      "share of the contractile fibres that lie along the sheet normal: the tension then acts along the structure tensor "
                      "(1 - dispersion) f0 x f0 + dispersion n0 x n0 and feels its stretch",
                      "Gasser et al. 2006, doi:10.1098/rsif.2005.0073; Eriksson et al. 2013, doi:10.1177/1081286513485779");
    }

    void declare_tissue(Schema &tissue, const std::string &name, const std::string &passive, const std::string &active)
    {
      Schema section = tissue.section(name, "law of regions of this kind that 'regions' does not name");
      declare_choice<Material>(section, "passive", passive, {}, "passive elasticity");
      declare_dispersion(declare_choice<ActiveTension>(section, "active", active, {"none"}, "active tension along the fibre"));
    }

    template <class Contract>
    std::shared_ptr<const Contract> choose(const Parameters &section)
    {
      const std::string name = section.text("model");
      return name == "none" ? nullptr : create<Contract>(name, section);
    }

    void read(RegionLaw &law, const Parameters &section)
    {
      if (const Parameters passive = section.section("passive"); passive.text("model") != inherited)
        {
          law.passive = choose<Material>(passive);
          law.passive_scale = passive.quantity("scale");
        }
      if (const Parameters active = section.section("active"); active.text("model") != inherited)
        {
          law.active = choose<ActiveTension>(active);
          law.active_scale = active.quantity("scale");
          law.dispersion = active.quantity("dispersion");
        }
    }

    std::string tissue_name(Tissue tissue)
    {
      return tissue == Tissue::ventricle ? "ventricle" : tissue == Tissue::atrium ? "atrium" : "passive";
    }
  }

  void declare_region_laws(Schema &mechanics)
  {
    Schema tissue = mechanics.section("tissue", "laws by kind of tissue");
    declare_tissue(tissue, "ventricle", "usyk", "land_2017");
    declare_tissue(tissue, "atrium", "usyk", "land_2017");
    declare_tissue(tissue, "passive", "neo_hooke", "none");

    Schema region = mechanics.items("regions", "laws of named regions, instead of those of their tissue");
    region.list("of", {}, "names of the regions that follow this law; empty: the region with the entry's own name");
    declare_choice<Material>(region, "passive", inherited, {inherited}, "passive elasticity");
    declare_dispersion(declare_choice<ActiveTension>(region, "active", inherited, {inherited, "none"}, "active tension along the fibre"));
  }

  std::vector<RegionLaw> build_region_laws(const std::vector<Region> &all, const Parameters &mechanics)
  {
    std::vector<std::string> names;
    for (const Region &region : all)
      names.push_back(region.name);

    std::map<std::string, std::string> claimed; // region -> entry
    const Parameters regions = mechanics.section("regions");
    for (const std::string &entry : mechanics.names("regions"))
      {
        std::vector<std::string> of = regions.section(entry).list("of");
        if (of.empty())
          of = {entry};
        for (const std::string &name : of)
          {
            if (std::find(names.begin(), names.end(), name) == names.end())
              throw UserError({"no region named '" + name + "'", regions.where(entry),
                               "a law is given for it, but the mesh has no such region", nearest_of(name, names),
                               "name a region of the mesh, or remove the entry"});
            if (const auto found = claimed.find(name); found != claimed.end())
              throw UserError({"two materials for region '" + name + "'", regions.where(entry),
                               "entries '" + found->second + "' and '" + entry + "' both claim it", "", "leave the region in one of them"});
            claimed[name] = entry;
          }
      }

    std::vector<RegionLaw> laws;
    std::map<Tissue, RegionLaw> tissues;
    for (const Region &region : all)
      {
        if (!tissues.count(region.tissue))
          read(tissues[region.tissue], mechanics.section("tissue").section(tissue_name(region.tissue)));
        RegionLaw law = tissues[region.tissue];
        if (const auto found = claimed.find(region.name); found != claimed.end())
          read(law, regions.section(found->second));
        laws.push_back(law);
      }
    return laws;
  }
}
