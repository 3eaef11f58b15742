#include <concepts>
#include <coroutine>
#include <iostream>
#include <ranges>

struct Numbers {
    struct promise_type {
        int value = 0;
        Numbers get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
        std::suspend_always initial_suspend() { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        std::suspend_always yield_value(int next) { value = next; return {}; }
        void return_void() {}
        void unhandled_exception() { throw; }
    };
    std::coroutine_handle<promise_type> handle;
};

Numbers count() {
    for (int number = 40;; ++number)
        co_yield number;
}

auto twice(std::integral auto number) { return number * 2; }

int main() {
    static_assert(__cplusplus == 202002L);
    for (int square : std::views::iota(1) | std::views::transform([](int n) { return n * n; }) | std::views::take(4))
        std::cout << square << ' ';
    auto numbers = count();
    for (int i = 0; i < 3; ++i)
        numbers.handle.resume();
    std::cout << numbers.handle.promise().value << ' ' << twice(21) << '\n';
    numbers.handle.destroy();
}
