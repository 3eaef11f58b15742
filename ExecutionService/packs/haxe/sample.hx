// Greets you, then takes a number apart into its prime factors.
using StringTools;

typedef Factor = {prime:Int, power:Int};

class Main {
	static final superscripts = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"];

	static function main() {
		var name = ask("What is your name? ");
		Sys.println('Hello, ${name == "" ? "stranger" : name}!');

		var answer = ask("A whole number from 2 to a billion: ");
		var number = ~/^[0-9]{1,10}$/.match(answer) ? Std.parseFloat(answer) : 0;
		if (number < 2 || number > 1e9) {
			Sys.stderr().writeString('“$answer” is not such a number.\n');
			Sys.exit(1);
		}
		Sys.println('$answer = ${primeFactors(Std.int(number)).map(show).join(" × ")}');
	}

	static function ask(question:String):String {
		Sys.print(question);
		Sys.stdout().flush();
		return try Sys.stdin().readLine().trim() catch (end:haxe.io.Eof) "";
	}

	static function primeFactors(number:Int):Array<Factor> {
		var found = [];
		var prime = 2;
		while (number > 1) {
			if (prime > number / prime)
				prime = number; // what is left has no smaller divisor
			var power = 0;
			while (number % prime == 0) {
				number = Std.int(number / prime);
				power++;
			}
			if (power > 0)
				found.push({prime: prime, power: power});
			prime++;
		}
		return found;
	}

	static function show(factor:Factor):String {
		var digits = factor.power == 1 ? "" : Std.string(factor.power);
		return factor.prime + [for (i in 0...digits.length) superscripts[digits.charCodeAt(i) - "0".code]].join("");
	}
}
