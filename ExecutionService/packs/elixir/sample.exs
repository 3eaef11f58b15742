# Greets you, then takes a number apart into its prime factors.

defmodule Factors do
  @superscripts ~w(⁰ ¹ ² ³ ⁴ ⁵ ⁶ ⁷ ⁸ ⁹)

  def prime(number, divisor \\ 2)

  def prime(number, divisor) when divisor * divisor > number, do: [number]

  def prime(number, divisor) when rem(number, divisor) == 0,
    do: [divisor | prime(div(number, divisor), divisor)]

  def prime(number, divisor), do: prime(number, divisor + 1)

  def pretty([prime]), do: "#{prime}"
  def pretty([prime | _] = same), do: "#{prime}#{same |> length() |> superscript()}"

  defp superscript(power),
    do: power |> Integer.digits() |> Enum.map_join(&Enum.at(@superscripts, &1))
end

ask = fn question ->
  case IO.gets(question) do
    :eof -> ""
    answer -> String.trim(answer)
  end
end

name = ask.("What is your name? ")
IO.puts("Hello, #{if name == "", do: "stranger", else: name}!")

answer = ask.("A whole number from 2 to a billion: ")

case Integer.parse(answer) do
  {number, ""} when number in 2..1_000_000_000 ->
    factors = number |> Factors.prime() |> Enum.chunk_by(& &1) |> Enum.map_join(" × ", &Factors.pretty/1)
    IO.puts("#{number} = #{factors}")

  _ ->
    IO.puts(:stderr, "“#{answer}” is not such a number.")
    System.halt(1)
end
