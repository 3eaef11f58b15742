// Greets you, then takes a number apart into its prime factors.
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Scanner;
import java.util.stream.Collectors;

public class Main {
    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    private static final Scanner INPUT = new Scanner(System.in);

    public static void main(String[] args) {
        var name = ask("What is your name? ");
        System.out.printf("Hello, %s!%n", name.isEmpty() ? "stranger" : name);

        var answer = ask("A whole number from 2 to a billion: ");
        if (!answer.matches("\\d{1,10}") || Long.parseLong(answer) < 2 || Long.parseLong(answer) > 1_000_000_000) {
            System.err.printf("“%s” is not such a number.%n", answer);
            System.exit(1);
        }

        var factors = primeFactors(Integer.parseInt(answer)).entrySet().stream()
            .map(factor -> factor.getKey() + superscript(factor.getValue()))
            .collect(Collectors.joining(" × "));
        System.out.println(answer + " = " + factors);
    }

    private static String ask(String question) {
        System.out.print(question);
        System.out.flush();
        return INPUT.hasNextLine() ? INPUT.nextLine().strip() : "";
    }

    private static Map<Integer, Integer> primeFactors(int number) {
        var powers = new LinkedHashMap<Integer, Integer>();
        for (int divisor = 2; divisor * divisor <= number; divisor++) {
            for (; number > divisor && number % divisor == 0; number /= divisor) {
                powers.merge(divisor, 1, Integer::sum);
            }
        }
        powers.merge(number, 1, Integer::sum);
        return powers;
    }

    private static String superscript(int power) {
        return power == 1 ? "" : Integer.toString(power).chars()
            .mapToObj(digit -> SUPERSCRIPTS.substring(digit - '0', digit - '0' + 1))
            .collect(Collectors.joining());
    }
}
