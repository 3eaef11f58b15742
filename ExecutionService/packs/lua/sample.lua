-- Greets you, then takes a number apart into its prime factors.
local superscripts = { [0] = "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" }

local function ask(question)
  io.write(question)
  io.flush() -- the question has no newline, so it would wait in the buffer
  return io.read() or ""
end

-- Iterates over the prime factors of a number and their powers, smallest first.
local function prime_powers(number)
  return coroutine.wrap(function()
    local divisor = 2
    while number > 1 do
      if divisor * divisor > number then
        divisor = number -- what is left has no smaller divisor
      end
      local power = 0
      while number % divisor == 0 do
        number, power = number // divisor, power + 1
      end
      if power > 0 then
        coroutine.yield(divisor, power)
      end
      divisor = divisor + 1
    end
  end)
end

local function superscript(power)
  return power == 1 and "" or (tostring(power):gsub("%d", function(digit) return superscripts[tonumber(digit)] end))
end

local name = ask("What is your name? ")
print("Hello, " .. (name ~= "" and name or "stranger") .. "!")

local answer = ask("A whole number from 2 to a billion: ")
local number = math.tointeger(tonumber(answer))
if not number or number < 2 or number > 1000000000 then
  io.stderr:write("“", answer, "” is not such a number.\n")
  os.exit(1)
end

local factors = {}
for prime, power in prime_powers(number) do
  table.insert(factors, prime .. superscript(power))
end
print(number .. " = " .. table.concat(factors, " × "))
