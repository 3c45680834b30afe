// Where excitation begins, by rules that need nothing but the shape of the heart.
#pragma once

#include "electrophysiology/leads/heart_axes.h"

#include <optional>
#include <string>
#include <vector>

namespace vivicor
{
  /// The node of the right atrium farthest from the apex along the long axis: near the superior vena cava's mouth, where the
  /// sinus node lies. Any atrium stands in where no region is named RA; empty without atria.
  std::optional<Point3> sinus_node_site(const Anatomy &anatomy, const HeartAxes &axes);

  /// The node of the right atrium nearest to the centre of the mitral plane: low on the atrial septum, near the triangle of
  /// Koch. Empty without atria.
  std::optional<Point3> av_node_site(const Anatomy &anatomy, const Fibres &fibres);

  /// The node of a ventricle's muscular endocardium nearest to a height (0 lowest node, 1 highest) and an angle (degrees) about
  /// the chamber's own centre line, from the axis' right towards anterior. Empty where the ventricle is absent.
  std::optional<unsigned> endocardial_node(const Anatomy &anatomy, const HeartAxes &axes, const std::string &chamber, double height,
                                           double degrees);

  /// The same on the right ventricle's free wall, about the chamber's own centre line. Where that runs through the septum, as in
  /// a crescent, nodes of the septum would have any angle.
  std::optional<unsigned> right_free_wall_node(const Anatomy &anatomy, const HeartAxes &axes, double height, double degrees);

  /// The node of the right ventricle's septal endocardium, which looks away from the left ventricle, nearest to a height (0
  /// lowest node of the whole endocardium, 1 highest) and an angle (degrees) about the left ventricle's centre line, from the
  /// axis' right towards anterior: a crescent's own centre line may run within its septum. Without
  /// a left ventricle opposite, about its own. Empty without a right one.
  std::optional<unsigned> right_septal_node(const Anatomy &anatomy, const HeartAxes &axes, double height, double degrees);

  /// Names of the early sites.
  inline constexpr const char *left_septum = "left septum", *left_anterior = "left anterior paraseptal",
                              *left_posterior = "left posterior paraseptal", *right_free_wall = "right free wall",
                              *right_septum = "right septum";

  struct EarlySite
  {
    std::string name;
    unsigned node; ///< of the anatomy
    Point3 point;
    std::string bundle; ///< part of the conduction system that ends there
    bool right() const { return bundle == "right_bundle"; }
  };

  /// Endocardial points that the bundle branches reach first, after Durrer et al. 1970 (10.1161/01.CIR.41.6.899): the left
  /// septum at mid height, somewhat anteriorly; the anterior paraseptal wall of the left ventricle high up, below the mitral
  /// valve; its posterior paraseptal wall at a third of the height. Then the right ventricle near the anterior papillary
  /// muscle: its anterior free wall, where excitation breaks through first (Ramanathan et al. 2006, 10.1073/pnas.0601533103),
  /// and the septum across. Placed, as the root nodes of Cardone-Noott et al. 2016 (10.1093/europace/euw346) are, by height
  /// and angle: the endocardial node nearest to each.
  std::vector<EarlySite> early_sites(const Anatomy &anatomy, const HeartAxes &axes);
}
