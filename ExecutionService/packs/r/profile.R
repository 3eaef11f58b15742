# R does not say where in a script it met a syntax error. So the script is parsed before it runs.
invisible(local({
  script <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)[1])
  if (!is.na(script)) {
    tryCatch(parse(script, keep.source = FALSE), error = function(error) {
      message("Error: ", conditionMessage(error))
      quit("no", status = 1)
    })
  }
}))
