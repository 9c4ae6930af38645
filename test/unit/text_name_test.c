/* What we call people: the given name only where it is plain. */
#include "test.h"
#include "text/name.h"

TEST(called) {
  static const struct { int line; const char *name, *lang, *called; } cases[] = {
    { __LINE__, "Priya Raman", "en", "Priya" },
    { __LINE__, "Ana Sousa", "pt-PT", "Ana" },
    { __LINE__, "  Zoë van der Berg ", "nl", "Zoë" },
    { __LINE__, "Алексей Смирнов", "ru", "Алексей" },
    { __LINE__, "Νίκος Παππάς", "", "Νίκος" },
    { __LINE__, "Nguyễn Thị Hoa", "vi", "Nguyễn Thị Hoa" },
    { __LINE__, "Nguyễn Thị Hoa", "", "Nguyễn" },              /* nothing told us: a limit we know of */
    { __LINE__, "Kovács Anna", "hu", "Kovács Anna" },
    { __LINE__, "山田 太郎", "", "山田 太郎" },
    { __LINE__, "فاطمة الزهراء", "ar", "فاطمة الزهراء" },
    { __LINE__, "Dr. Grace Mwangi", "en", "Dr. Grace Mwangi" },
    { __LINE__, "Prof Lovelace", "en", "Prof Lovelace" },
    { __LINE__, "J. R. Tolk", "en", "J. R. Tolk" },
    { __LINE__, "Holm, Lars", "da", "Holm, Lars" },
    { __LINE__, "ana@example.org", "", "ana@example.org" },
    { __LINE__, "Line 4 printer", "", "Line 4 printer" },
    { __LINE__, "Madonna", "", "Madonna" },
    { __LINE__, "", "", "" },
  };
  for (size_t i = 0; i < COUNT(cases); i++)
    IS_AT(cases[i].line, name_called(str_z(cases[i].name), str_z(cases[i].lang)), str_z(cases[i].called));
}
