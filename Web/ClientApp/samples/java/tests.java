import java.util.LinkedHashMap;
import java.util.Map;

/** A method, and tests that say whether it is right. Break it and run again. */
public class Main {
    static String roman(int number) {
        int[] values = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};
        String[] signs = {"M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"};
        StringBuilder written = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            written.append(signs[i].repeat(number / values[i]));
            number %= values[i];
        }
        return written.toString();
    }

    public static void main(String[] args) {
        Map<Integer, String> tests = new LinkedHashMap<>();
        tests.put(3, "III");
        tests.put(4, "IV");
        tests.put(1994, "MCMXCIV");
        tests.put(3888, "MMMDCCCLXXXVIII");

        int failed = 0;
        for (var test : tests.entrySet()) {
            String is = roman(test.getKey());
            boolean right = is.equals(test.getValue());
            if (!right) failed++;
            System.out.println((right ? "\u001b[32mok\u001b[0m   " : "\u001b[31mfail\u001b[0m ") + test.getKey() + " is " + is);
        }
        System.out.println(failed == 0 ? "All tests passed" : failed + " failed");
    }
}
