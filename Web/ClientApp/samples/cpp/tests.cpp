// A function, and tests that say whether it is right. Break it and run again.
#include <iostream>
#include <string>
#include <utility>
#include <vector>

std::string roman(int number) {
    static const std::vector<std::pair<int, std::string>> signs = {
        {1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"},
        {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"},
    };
    std::string written;
    for (const auto& [value, sign] : signs)
        for (; number >= value; number -= value) written += sign;
    return written;
}

int main() {
    const std::vector<std::pair<int, std::string>> tests = {{3, "III"}, {4, "IV"}, {1994, "MCMXCIV"}, {3888, "MMMDCCCLXXXVIII"}};
    int failed = 0;
    for (const auto& [number, expected] : tests) {
        const std::string is = roman(number);
        const bool right = is == expected;
        failed += !right;
        std::cout << (right ? "\033[32m✓\033[0m " : "\033[31m✗\033[0m ") << number << " is " << is << '\n';
    }
    if (failed > 0) std::cout << failed << " failed\n";
    else std::cout << "All tests passed\n";
}
