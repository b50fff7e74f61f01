package org.gonghui.employer;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.UnionId;
import org.gonghui.member.Employment;
import org.jspecify.annotations.Nullable;

/** How an employer and a headcount are read, from a form or a row of a table: by the same rules. */
public final class EmployerRules {

    private static final int LONGEST_ADDRESS = 100;
    private static final int MOST_WORKERS = 1_000_000;
    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);

    private EmployerRules() {}

    /** Reads what is typed of an employer; without a union, headcount and end. */
    public static Employer read(Input input, EmployerId id, UnionId street, Employers.Typed typed) {
        String name = input.name("name", typed.name(), Employers.LONGEST_NAME);
        String address = input.optionalName("address", typed.address(), LONGEST_ADDRESS);
        Trade trade = input.choice("trade", typed.trade(), Trade.class);
        Ownership ownership = input.choice("ownership", typed.ownership(), Ownership.class);
        Optional<CreditCode> code = Optional.empty();
        if (!CleanText.line(typed.code()).isEmpty()) {
            switch (CreditCode.read(typed.code())) {
                case CreditCode.Reading.Read read -> code = Optional.of(read.code());
                case CreditCode.Reading.NoCode none -> input.fault("code", "credit-code-form");
                case CreditCode.Reading.WrongDigit wrong -> input.fault("code", "credit-code-digit");
            }
        }
        return new Employer(
                id,
                code,
                name,
                street,
                address,
                trade,
                ownership,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * Reads a headcount; regular employment is whatever is left.
     *
     * @param forms regular employment first
     */
    public static Headcount headcount(
            Input input, UUID id, List<Employment> forms, LocalDate today, String by, Employers.Count typed) {
        LocalDate on = input.dayWithin("countedOn", typed.countedOn(), FIRST_DAY, today);
        int workers = number(input, "workers", typed.workers(), MOST_WORKERS);
        @Nullable
        Integer women = CleanText.line(typed.women()).isEmpty()
                ? null
                : (Integer) number(input, "women", typed.women(), workers);
        Set<String> known = forms.stream().map(Employment::code).collect(Collectors.toSet());
        Map<String, Integer> byForm = new HashMap<>();
        int left = workers;
        for (Map.Entry<String, String> each : typed.byForm().entrySet()) {
            if (known.contains(each.getKey())
                    && !CleanText.line(each.getValue()).isEmpty()) {
                int of = number(input, each.getKey(), each.getValue(), left);
                left -= of;
                byForm.merge(each.getKey(), of, Integer::sum);
            }
        }
        byForm.merge(forms.getFirst().code(), left, Integer::sum);
        byForm.values().removeIf(of -> of == 0);
        return new Headcount(id, on, workers, women, byForm, by);
    }

    private static int number(Input input, String field, @Nullable String typed, int most) {
        String text = CleanText.line(typed).replace(",", "");
        if (!text.matches("\\d{1,7}")) {
            input.fault(field, text.isEmpty() ? "empty" : "no-number");
            return 0;
        }
        int number = Integer.parseInt(text);
        if (number > most) {
            input.fault(field, "number-at-most", most);
            return 0;
        }
        return number;
    }
}
