// Greets you, then tells how a number is written in a few ways, with as many digits as it takes.

string ask(string question)
{
  write(question);
  return String.trim_all_whites(Stdio.stdin->gets() || "");
}

string factors(int number)
{
  mapping(int:int) powers = ([]);
  foreach (Math.factor(number), int prime)
    powers[prime]++;
  return map(sort(indices(powers)), lambda(int prime) {
    return powers[prime] > 1 ? sprintf("%d^%d", prime, powers[prime]) : (string)prime;
  }) * " * ";
}

int main()
{
  string name = ask("What is your name? ");
  write("Hello, %s!\n", sizeof(name) ? name : "stranger");

  string answer = ask("A whole number from 2 to 1000: ");
  int number = (int)answer;
  if ((string)number != answer || number < 2 || number > 1000) {
    werror("%O is not such a number.\n", answer);
    return 1;
  }

  write("%d = %s = 0x%x = %s\n", number, factors(number), number, String.int2roman(number));
  string power = (string)pow(2, number);
  write("2^%d has %d digits, the first are %s.\n", number, sizeof(power), power[..7]);
  return 0;
}
