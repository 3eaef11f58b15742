#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <variant>

int main() {
    static_assert(__cplusplus == 201703L);
    std::map<std::string, std::variant<int, double>> numbers{{"answer", 42}, {"half", 0.5}};
    for (const auto& [name, number] : numbers)
        std::visit([&name = name](auto value) { std::cout << name << ' ' << value << '\n'; }, number);
    if (std::optional<int> found; !found)
        std::cout << found.value_or(7) << '\n';
}
