/* desk/demo_people.c: the sample organisation's people: one employer, two customers, a supplier. */
#include "desk/demo_text.h"

const DemoServer demo_servers[] = {
  { "Sofie Janssens",  "sofie.janssens@meridian.example",  "Service desk, leads",     "so-FEE YAN-sens",   "Europe/Lisbon",    0, true  },
  { "Yusuf Demir",     "yusuf.demir@meridian.example",     "Service desk",            "YOO-soof de-MEER",  "Europe/Lisbon",    0, false },
  { "Pedro Silva",     "pedro.silva@meridian.example",     "Service desk",            "",                  "Europe/Lisbon",    0, false },
  { "Mirela Popescu",  "mirela.popescu@meridian.example",  "Service desk, evenings",  "",                  "Europe/Bucharest", 0, false },
  { "Grace Mbeki",     "grace.mbeki@meridian.example",     "HR, leads",               "grays m-BEH-kee",   "Europe/Lisbon",    1, true  },
  { "Inês Carvalho",   "ines.carvalho@meridian.example",   "HR",                      "ee-NESH",           "Europe/Lisbon",    1, false },
  { "Lars Holm",       "lars.holm@meridian.example",       "Facilities, leads",       "",                  "Europe/Copenhagen",2, true  },
  { "Bisi Okafor",     "bisi.okafor@meridian.example",     "Facilities, night desk",  "BEE-see",           "Europe/Lisbon",    2, false },
  { "Hanneke de Vries","hanneke.devries@meridian.example", "Facilities, Rotterdam",   "HAH-neh-kuh",       "Europe/Amsterdam", 2, false },
  { "Daniela Costa",   "daniela.costa@meridian.example",   "Finance, leads",          "",                  "Europe/Lisbon",    3, true  },
  { "Rui Tavares",     "rui.tavares@meridian.example",     "Finance",                 "",                  "Europe/Lisbon",    3, false },
  { "Aiko Mori",       "aiko.mori@meridian.example",       "Scanning and labels",     "eye-ko MOH-ree",    "Asia/Tokyo",       4, true  },
  { "Noor van Dijk",   "noor.vandijk@meridian.example",    "Looks after all desks",   "",                  "Europe/Amsterdam",-1, true  },
  { "Alma Lindqvist",  "alma.lindqvist@meridian.example",  "Looks after this system", "",                  "Europe/Stockholm",-2, false },
};
const size_t demo_server_count = COUNT(demo_servers);

const DemoPerson demo_askers[] = {
  { "Ana Souza",           "AH-na SOH-za",   "Quality lead, Porto",        "pt", "Europe/Lisbon",       0 },
  { "Miguel Ferreira",     "",               "Key accounts, Porto",        "pt", "Europe/Lisbon",       0 },
  { "Priya Raghunathan",   "PREE-ya",        "Food chemist, Bengaluru",    "en", "Asia/Kolkata",        0 },
  { "渡辺 健司",             "Watanabe Kenji", "Laboratory, Osaka",          "ja", "Asia/Tokyo",          0 },
  { "ليلى حداد",            "LAY-la had-DAD", "Payroll, Casablanca",        "ar", "Africa/Casablanca",   0 },
  { "Tomasz Wójcik",       "TOH-mash",       "Shift lead, line 4",         "pl", "Europe/Warsaw",       0 },
  { "Chiamaka Obi",        "chee-a-MA-ka",   "Cold store, Lagos",          "en", "Africa/Lagos",        0 },
  { "Nguyễn Thị Mai",      "my",             "Night shift, Porto",         "vi", "Europe/Lisbon",       0 },
  { "Siobhán Ní Riain",    "shi-VAWN",       "Packaging design, Cork",     "en", "Europe/Dublin",       0 },
  { "Hemi Parata",         "",               "Orchards, Hastings",         "en", "Pacific/Auckland",    0 },
  { "Fatoumata Diallo",    "",               "Procurement, Dakar",         "fr", "Africa/Dakar",        0 },
  { "Ola Nordmann",        "",               "Fleet, Bergen",              "en", "Europe/Oslo",         0 },
  { "Zeynep Kaya",         "ZEY-nep",        "Sales, Izmir",               "en", "Europe/Istanbul",     0 },
  { "Katharina Weiß",      "",               "Labor, Hamburg",             "de", "Europe/Berlin",       0 },
  { "Jasper Bakker",       "",               "Planning, Rotterdam",        "nl", "Europe/Amsterdam",    0 },
  { "María José Ortega",   "",               "Almacén, Sevilla",           "es", "Europe/Madrid",       0 },
  { "Dmytro Kovalenko",    "",               "Maintenance, Porto",         "en", "Europe/Lisbon",       0 },
  { "Aroha Ngata",         "",               "Seasonal staff, Hastings",   "en", "Pacific/Auckland",    0 },
  { "Oluwaseun Adeyemi",   "oh-loo-WAH-sheh-oon", "Warehouse, Nordpris",   "en", "Europe/Stockholm",    1 },
  { "Ingrid Bakken",       "",               "Shop systems, Nordpris",     "en", "Europe/Oslo",         1 },
  { "Erik Sandberg",       "",               "Buying, Nordpris",           "en", "Europe/Stockholm",    1 },
  { "Jean-Baptiste Koffi", "",               "Achats, Maison Koffi",       "fr", "Africa/Abidjan",      2 },
  { "Aminata Traoré",      "",               "Logistique, Maison Koffi",   "fr", "Africa/Abidjan",      2 },
  { "Helena Matos",        "",               "Service, Etiqueta",          "pt", "Europe/Lisbon",       3 },
};
const size_t demo_asker_count = COUNT(demo_askers);

const char *const demo_first_names[] = {
  "Amara", "Bjørn", "Chidi", "Dalia", "Eero", "Farah", "Giulia", "Hiroshi", "Ilse", "Joaquín", "Kwame", "Leilani", "Mehmet", "Nadia", "Oisín",
  "Paloma", "Quang", "Rania", "Sanjay", "Thandiwe", "Ulla", "Valentina", "Wanjiru", "Ximena", "Yael", "Zoltán", "Aigerim", "Boniface", "Céline", "Đorđe",
};
const size_t demo_first_count = COUNT(demo_first_names);
const char *const demo_last_names[] = {
  "Abebe", "Benítez", "Chowdhury", "Dlamini", "Eriksen", "Fonseca", "Gashi", "Haddad", "Ivanova", "Jónsdóttir", "Kimura", "Lefèvre", "Mwangi", "Novák",
  "O'Brien", "Petrov", "Qureshi", "Rossi", "Sato", "Tanaka", "Ueda", "Vukić", "Wang", "Xu", "Yılmaz", "Žukauskas", "Silva", "Ndiaye", "Cohen", "Larsen",
};
const size_t demo_last_count = COUNT(demo_last_names);

const DemoNote demo_notes[] = {
  { "Ana Souza",         "preference",    "Writes Portuguese, reads English well. Short sentences help.", "told",      72,  "Sofie Janssens" },
  { "Ana Souza",         "behaviour",     "When the line stands still, call. Mail is too late.",          "told",      2,   "Yusuf Demir" },
  { "Ana Souza",         "promise",       "We owe her a hand scanner for the lab.",                       "observed",  24,  "Lars Holm" },
  { "Ana Souza",         "preference",    "Prefers chat to mail",                                         "told",      430, "Pedro Silva" },
  { "Priya Raghunathan", "preference",    "Rather a video call than the phone",                           "told",      122, "Sofie Janssens" },
  { "Priya Raghunathan", "preference",    "Writes English and Kannada",                                   "told",      10,  "Sofie Janssens" },
  { "Priya Raghunathan", "behaviour",     "Not before 10:00 on Thursdays",                                "told",      94,  "Yusuf Demir" },
  { "Priya Raghunathan", "accommodation", "A desk that goes up and down",                                 "told",      10,  "Lars Holm" },
  { "ليلى حداد",          "accommodation", "Uses a screen reader; send text, not pictures of text",        "told",      300, "Grace Mbeki" },
  { "渡辺 健司",           "preference",    "Answers in Japanese are welcome; English is fine",             "told",      60,  "Aiko Mori" },
  { "Hemi Parata",       "behaviour",     "Awake when Porto sleeps; leave a full answer, not a question", "observed",  40,  "Mirela Popescu" },
  { "Miguel Ferreira",   "history",       "Has explained his travel money to three people",               "observed",  1,   "Sofie Janssens" },
  { "Chiamaka Obi",      "behaviour",     "Tests it herself before she says yes",                         "observed",  15,  "Lars Holm" },
  { "Nguyễn Thị Mai",    "preference",    "Works nights; reads mail at 22:00",                            "told",      33,  "Bisi Okafor" },
  { "Siobhán Ní Riain",  "interest",      "Collects old fruit labels",                                    "inferred",  50,  "Grace Mbeki" },
};
const size_t demo_note_count = COUNT(demo_notes);

const char *const demo_praise[] = {
  "Quick and kind.", "Explained so that I could do it myself next time.", "Nobody sent me anywhere else.", "Obrigada, foi rápido.",
  "You did what you said, when you said it.", "Vielen Dank, läuft wieder.", "Fijn geholpen.", "Merci, tout fonctionne.", "Todo bien, gracias.",
  "I did not have to repeat myself.", "", "", "", "",
};
const size_t demo_praise_count = COUNT(demo_praise);
const char *const demo_blame[] = {
  "It works now, but I lost a morning.", "I had to explain it three times.", "Nobody told me it would be late.", "Sorted, in the end.",
  "The second answer was the right one. Why not the first?", "", "",
};
const size_t demo_blame_count = COUNT(demo_blame);
const char *const demo_moments[] = {
  "He drew the layout on a card for me.", "She rang to ask whether it still worked the next day.", "Somebody stayed late so that the night shift could start.",
  "For the first time I heard of a delay before it happened.", "They remembered that I work nights.", "Yusuf said my name right, the first time.",
};
const size_t demo_moment_count = COUNT(demo_moments);
const char *const demo_bad_moments[] = {
  "I was passed on four times.", "Forty minutes of music, then the line went dead.", "“As I already explained to your colleague.” I had, twice.",
  "The answer was a link to a page I had sent them.", "I stood at the counter for the badge and nobody knew of it.",
};
const size_t demo_bad_moment_count = COUNT(demo_bad_moments);

const char *const demo_sorry[] = {
  "I have read what you wrote, and I am sorry. May I call you this afternoon?", "You were right, and it should not have needed a third message. I have taken it to the others.",
  "I am sorry this cost you so much. I looked at why, and tell you on Friday what we changed.", "Thank you for saying it as it was. I go through it with the team today.",
};
const size_t demo_sorry_count = COUNT(demo_sorry);
