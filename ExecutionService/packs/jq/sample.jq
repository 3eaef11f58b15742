# Reads people, one JSON value after the other, and tells about them.

def age_on($day): ($day | .[0:4] | tonumber) - (.born[0:4] | tonumber);

def bar: "▇" * .;

[inputs]
| sort_by(.born)
| . as $people
| "\(length) people, \(map(.languages | length) | add) languages",
  "",
  (group_by(.born[0:2])[]
   | "born in \(.[0].born[0:2])…: \(map(.name) | join(", "))"),
  "",
  ($people[]
   | "\(.name + "          " | .[0:8]) \(.languages | length | bar) \(.languages | join(" and "))"),
  "",
  ($people
   | map({ (.name): age_on("1960-01-01") })
   | add
   | with_entries(select(.value < 100))
   | tojson)
