"""A function, and tests that say whether it is right. Break it and run again."""
import sys
import unittest


def roman(number):
    signs = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
             (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    written = ""
    for value, sign in signs:
        count, number = divmod(number, value)
        written += sign * count
    return written


class RomanNumbers(unittest.TestCase):
    def test_ones_are_repeated(self):
        self.assertEqual(roman(3), "III")

    def test_four_is_one_before_five(self):
        self.assertEqual(roman(4), "IV")

    def test_long_ones(self):
        self.assertEqual(roman(1994), "MCMXCIV")
        self.assertEqual(roman(3888), "MMMDCCCLXXXVIII")


runner = unittest.TextTestRunner(stream=sys.stdout, verbosity=2)
result = runner.run(unittest.defaultTestLoader.loadTestsFromTestCase(RomanNumbers))
print("All tests passed" if result.wasSuccessful() else "Some tests failed")
