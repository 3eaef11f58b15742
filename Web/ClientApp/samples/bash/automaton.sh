# Rule 90: a cell lives when exactly one of its neighbours did. One cell at the start grows a triangle of triangles.
width=63
row=()
for ((i = 0; i < width; i++)); do row[i]=0; done
row[width / 2]=1

for ((line = 0; line < 32; line++)); do
  text=
  next=()
  for ((i = 0; i < width; i++)); do
    if ((row[i])); then
      text+=$'\033[48;5;'$((24 + line / 3 * 6 % 200))'m '
    else
      text+=$'\033[0m '
    fi
    left=$((i > 0 ? row[i - 1] : 0))
    right=$((i < width - 1 ? row[i + 1] : 0))
    next[i]=$((left ^ right))
  done
  printf '%s\033[0m\n' "$text"
  row=("${next[@]}")
done
