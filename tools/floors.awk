# Who may include what: src/FLOORS is the law, this is its keeper.
#   awk -f tools/floors.awk src/FLOORS $(find src -name '*.[ch]')
FNR == 1 { file = FILENAME; floor = ""; if (split(file, part, "/") > 2 && part[1] == "src") floor = part[2] }
file == "src/FLOORS" { if (NF && $1 !~ /^#/) { known[$1]; for (i = 1; i <= NF; i++) may[$1, $i] } next }
floor == "" { next }
/^#include "/ {
  split($2, path, "[\"/]"); to = path[2]
  if (to in known && !((floor, to) in may)) { printf "%s:%d: floor %s may not include from %s\n", file, FNR, floor, to; bad = 1 }
}
END { exit bad }
