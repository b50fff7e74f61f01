package org.gonghui.layout;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.Refused;

/**
 * A form that was refused: kept on the request while the page that holds the form is shown again, so that nothing typed
 * is lost and each fault stands at its field.
 */
public final class Attempt {

    private static final String ATTRIBUTE = Attempt.class.getName();
    private static final String PAGE = ATTRIBUTE + ".page";
    static final Attempt NONE = new Attempt(Map.of(), List.of(), Optional.empty());

    private final Map<String, String[]> typed;
    private final List<BadInput.Fault> faults;
    private final Optional<Refused> refusal;

    private Attempt(Map<String, String[]> typed, List<BadInput.Fault> faults, Optional<Refused> refusal) {
        this.typed = typed;
        this.faults = faults;
        this.refusal = refusal;
    }

    /** Keeps what was typed and why it was not taken. */
    public static void keep(HttpServletRequest request, RuntimeException why) {
        List<BadInput.Fault> faults = why instanceof BadInput bad ? bad.faults() : List.of();
        Optional<Refused> refusal = why instanceof Refused refused ? Optional.of(refused) : Optional.empty();
        request.setAttribute(ATTRIBUTE, new Attempt(Map.copyOf(request.getParameterMap()), faults, refusal));
    }

    /** Has a refusal of this request shown on a page of ours, whatever it was that asked; else only forms are shown again. */
    public static void showOn(HttpServletRequest request, String page) {
        request.setAttribute(PAGE, page);
    }

    /** Where a refusal of this request is to be shown, if that was said. */
    public static Optional<String> page(HttpServletRequest request) {
        return Optional.ofNullable((String) request.getAttribute(PAGE));
    }

    /** The attempt kept on this request, or an empty one. */
    static Attempt of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Attempt attempt ? attempt : NONE;
    }

    Optional<String> typed(String field) {
        String[] values = typed.get(field);
        return values == null || values.length == 0 ? Optional.empty() : Optional.of(values[0]);
    }

    List<BadInput.Fault> faults() {
        return faults;
    }

    Optional<Refused> refusal() {
        return refusal;
    }
}
