#include <expected>
#include <iostream>
#include <string_view>
#include <utility>

enum class Mistake { odd = 3 };

std::expected<int, Mistake> half(int number) {
    if (number % 2 != 0)
        return std::unexpected(Mistake::odd);
    return number / 2;
}

int main() {
    static_assert(__cplusplus > 202002L);
    static_assert(std::string_view("expected").contains("pect"));
    if consteval {
        return 1;
    }
    std::cout << *half(84) << ' ' << std::to_underlying(half(3).error()) << ' ' << 7uz << '\n';
}
