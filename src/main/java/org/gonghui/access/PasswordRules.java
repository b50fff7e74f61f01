package org.gonghui.access;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Which passwords would be guessed first: those that are little else than a word everybody thinks of here, those that a finger makes
 * without thinking, and those that have leaked elsewhere. Any other is taken, whatever its characters.
 */
final class PasswordRules {

    /** Words that are worth nothing in a password of this platform, in small letters. */
    static final List<String> WORDS = List.of(
            "gonghui",
            "工会",
            "总工会",
            "union",
            "federation",
            "password",
            "passwort",
            "passw0rd",
            "密码",
            "mima",
            "admin",
            "administrator",
            "管理员",
            "root",
            "login",
            "welcome",
            "letmein",
            "iloveyou",
            "woaini",
            "member",
            "会员",
            "officer",
            "qwert",
            "asdfg",
            "zxcvb",
            "1qaz",
            "2wsx",
            "3edc",
            "qazwsx",
            "abc",
            "123",
            "234",
            "345",
            "456",
            "567",
            "678",
            "789",
            "890",
            "987",
            "654",
            "321",
            "5201314",
            "520",
            "1314");

    /** What must be left of it beside such words. */
    private static final int LEAST_LEFT = 8;

    private static final int LEAST_DIFFERENT = 5;

    private PasswordRules() {}

    /**
     * True for one that is refused.
     *
     * @param names of whom and what it is for: sign-in name, person, city
     */
    static boolean isGuessable(String password, Stream<String> names) {
        String left = password.toLowerCase(Locale.ROOT);
        List<String> words = Stream.concat(WORDS.stream(), names.map(name -> name.toLowerCase(Locale.ROOT)))
                .filter(word -> word.codePointCount(0, word.length()) > 1)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        for (String word : words) {
            left = left.replace(word, "");
        }
        long others = left.codePoints().filter(Character::isLetterOrDigit).count();
        return others < LEAST_LEFT
                || different(left) < LEAST_DIFFERENT
                || isStaircase(left)
                || LeakedPasswords.isMadeOfThem(password);
    }

    private static long different(String text) {
        return text.codePoints().distinct().count();
    }

    /** True when most characters follow from the one before: the same again, the next or the last one. */
    private static boolean isStaircase(String text) {
        int[] points = text.codePoints().toArray();
        int steps = 0;
        for (int i = 1; i < points.length; i++) {
            steps += Math.abs(points[i] - points[i - 1]) <= 1 ? 1 : 0;
        }
        return steps * 2 > points.length;
    }
}
