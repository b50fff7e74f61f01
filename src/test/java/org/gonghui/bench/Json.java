package org.gonghui.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * As much JSON as benchmarks need, so that they run on the JDK alone: objects are maps, arrays lists, numbers doubles.
 * No answer of ours holds a null.
 */
final class Json {

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** Reads a whole text; {@link IllegalArgumentException} when it is not JSON. */
    static Object read(String text) {
        var json = new Json(text);
        Object value = json.value();
        json.blank();
        if (json.at < text.length()) {
            throw json.fault();
        }
        return value;
    }

    /** Reads an array of objects. */
    static List<Map<?, ?>> rows(String text) {
        if (!(read(text) instanceof List<?> list)) {
            throw new IllegalArgumentException("not an array: " + text);
        }
        var rows = new ArrayList<Map<?, ?>>(list.size());
        for (Object row : list) {
            if (!(row instanceof Map<?, ?> object)) {
                throw new IllegalArgumentException("not an object: " + row);
            }
            rows.add(object);
        }
        return rows;
    }

    /** Writes maps, collections, strings, numbers and booleans. */
    static String write(Object value) {
        var out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(Object value, StringBuilder out) {
        switch (value) {
            case Map<?, ?> map -> {
                String between = "{";
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    out.append(between);
                    quote(String.valueOf(entry.getKey()), out);
                    out.append(": ");
                    write(entry.getValue(), out);
                    between = ", ";
                }
                out.append(map.isEmpty() ? "{}" : "}");
            }
            case Iterable<?> list -> {
                out.append('[');
                String between = "";
                for (Object element : list) {
                    out.append(between);
                    write(element, out);
                    between = ", ";
                }
                out.append(']');
            }
            case Double number -> out.append(plain(number));
            case Number number -> out.append(number);
            case Boolean yes -> out.append(yes);
            default -> quote(value.toString(), out);
        }
    }

    /** Four digits that count are more than a measurement is worth. */
    private static String plain(double number) {
        double size = Math.abs(number);
        int decimals = size >= 1000 ? 0 : size >= 10 ? 1 : size >= 1 ? 3 : 5;
        return String.format(Locale.ROOT, "%." + decimals + "f", number);
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private Object value() {
        blank();
        return switch (at < text.length() ? text.charAt(at) : 0) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            default -> number();
        };
    }

    private Map<String, Object> object() {
        var object = new LinkedHashMap<String, Object>();
        at++;
        if (comes('}')) {
            return object;
        }
        do {
            blank();
            if (at >= text.length() || text.charAt(at) != '"') {
                throw fault();
            }
            String name = string();
            if (!comes(':')) {
                throw fault();
            }
            object.put(name, value());
        } while (comes(','));
        if (!comes('}')) {
            throw fault();
        }
        return object;
    }

    private List<Object> array() {
        var array = new ArrayList<Object>();
        at++;
        if (comes(']')) {
            return array;
        }
        do {
            array.add(value());
        } while (comes(','));
        if (!comes(']')) {
            throw fault();
        }
        return array;
    }

    private String string() {
        int from = ++at;
        int end = text.indexOf('"', from);
        if (end >= 0 && text.lastIndexOf('\\', end) < from) {
            at = end + 1;
            return text.substring(from, end);
        }
        var string = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return string.toString();
            }
            if (c != '\\') {
                string.append(c);
                continue;
            }
            char escape = at < text.length() ? text.charAt(at++) : 0;
            switch (escape) {
                case 'n' -> string.append('\n');
                case 't' -> string.append('\t');
                case 'r' -> string.append('\r');
                case 'b' -> string.append('\b');
                case 'f' -> string.append('\f');
                case '"', '\\', '/' -> string.append(escape);
                case 'u' -> {
                    if (at + 4 > text.length()) {
                        throw fault();
                    }
                    string.append((char) Integer.parseInt(text, at, at + 4, 16));
                    at += 4;
                }
                default -> throw fault();
            }
        }
        throw fault();
    }

    private Object number() {
        int from = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        if (from == at) {
            throw fault();
        }
        return Double.valueOf(text.substring(from, at));
    }

    private Object word(String word, boolean meaning) {
        if (!text.startsWith(word, at)) {
            throw fault();
        }
        at += word.length();
        return meaning;
    }

    private boolean comes(char expected) {
        blank();
        if (at < text.length() && text.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }

    private void blank() {
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
    }

    private IllegalArgumentException fault() {
        return new IllegalArgumentException(
                "not JSON at " + at + ": " + text.substring(0, Math.min(200, text.length())));
    }
}
