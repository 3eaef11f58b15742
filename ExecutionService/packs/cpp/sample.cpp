// Greets you, then takes a number apart into its prime factors.
#include <charconv>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <string_view>

std::string ask(std::string_view question) {
    std::string answer;
    std::cout << question; // reading from std::cin flushes it
    std::getline(std::cin, answer);
    return answer;
}

std::optional<long> parse(const std::string& text) {
    long number{};
    const auto end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{} || stop != end || number < 2 || number > 1'000'000'000)
        return std::nullopt;
    return number;
}

std::map<long, int> prime_factors(long number) {
    std::map<long, int> powers;
    for (long divisor = 2; divisor * divisor <= number; ++divisor)
        for (; number > divisor && number % divisor == 0; number /= divisor)
            ++powers[divisor];
    ++powers[number];
    return powers;
}

std::string superscript(int power) {
    static constexpr std::string_view digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    std::string text;
    for (const char digit : std::to_string(power))
        text += digits[digit - '0'];
    return text;
}

int main() {
    const auto name = ask("What is your name? ");
    std::cout << "Hello, " << (name.empty() ? "stranger" : name) << "!\n";

    const auto answer = ask("A whole number from 2 to a billion: ");
    const auto number = parse(answer);
    if (!number) {
        std::cerr << "“" << answer << "” is not such a number.\n";
        return 1;
    }

    std::cout << *number;
    auto separator = " = ";
    for (const auto& [prime, power] : prime_factors(*number)) {
        std::cout << separator << prime << (power > 1 ? superscript(power) : "");
        separator = " × ";
    }
    std::cout << '\n';
}
