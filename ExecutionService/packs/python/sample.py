"""Greets you, then takes a number apart into its prime factors."""

import sys
from collections import Counter

SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def prime_factors(number):
    divisor = 2
    while divisor * divisor <= number:
        if number % divisor == 0:
            yield divisor
            number //= divisor
        else:
            divisor += 1
    yield number


def pretty(prime, power):
    return f"{prime}" if power == 1 else f"{prime}{str(power).translate(SUPERSCRIPT)}"


name = input("What is your name? ").strip() or "stranger"
print(f"Hello, {name}!")

answer = input("A whole number from 2 to a billion: ").strip()
if not answer.isdecimal() or not 2 <= int(answer) <= 1_000_000_000:
    sys.exit(f"“{answer}” is not such a number.")

factors = Counter(prime_factors(int(answer)))
print(answer, "=", " × ".join(pretty(prime, power) for prime, power in factors.items()))
