# Greets you, then takes a number apart into its prime factors.

input <- file("stdin", open = "r")

ask <- function(question) {
  cat(question)
  trimws(c(readLines(input, n = 1), "")[1])
}

prime_factors <- function(number) {
  factors <- c()
  divisor <- 2
  while (divisor^2 <= number) {
    if (number %% divisor == 0) {
      factors <- c(factors, divisor)
      number <- number / divisor
    } else {
      divisor <- divisor + 1
    }
  }
  c(factors, number)
}

superscript <- function(power) {
  ifelse(power == 1, "", chartr("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", power))
}

name <- ask("What is your name? ")
cat("Hello, ", if (nzchar(name)) name else "stranger", "!\n", sep = "")

answer <- ask("A whole number from 2 to a billion: ")
if (!grepl("^[1-9][0-9]{0,9}$", answer) || as.numeric(answer) < 2 || as.numeric(answer) > 1e9) {
  message("“", answer, "” is not such a number.")
  quit(status = 1)
}

powers <- rle(prime_factors(as.numeric(answer)))
factors <- paste0(powers$values, superscript(powers$lengths))
cat(answer, " = ", paste(factors, collapse = " × "), "\n", sep = "")
