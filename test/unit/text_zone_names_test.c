/* Zones to choose from. */
#include "test.h"
#include "text/when.h"
#include "text/zone_names.h"

TEST(zones_to_choose_from_are_zones_we_know) {
  ZoneNames z = zone_names(a);
  MUST(z.n > 300 && z.n < 600);
  bool lisbon = false, kolkata = false;
  for (size_t i = 0; i < z.n; i++) {
    MUST(when_zone_ok(z.at[i]));
    if (i + 1 < z.n && i > 0) MUST(str_cmp(z.at[i - 1], z.at[i]) < 0);
    lisbon |= str_eq(z.at[i], S("Europe/Lisbon"));
    kolkata |= str_ends(z.at[i], S("/Kolkata")) || str_ends(z.at[i], S("/Calcutta"));
  }
  MUST(lisbon && kolkata);
  IS(z.at[z.n - 1], S("UTC"));
}

TEST(a_zone_as_a_place) {
  IS(zone_place(a, S("Europe/Lisbon")), S("Lisbon"));
  IS(zone_place(a, S("America/Argentina/Buenos_Aires")), S("Buenos Aires"));
  IS(zone_place(a, S("UTC")), S("UTC"));
}
