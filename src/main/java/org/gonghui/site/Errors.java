package org.gonghui.site;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.apache.tomcat.util.http.fileupload.InvalidFileNameException;
import org.gonghui.access.CurrentActor;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.Refused;
import org.gonghui.layout.Attempt;
import org.gonghui.layout.Language;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.gonghui.layout.Texts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageConversionException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every no and every fault, in one place. To a program, a page's own script among them, it is problem+json (RFC 9457); to a
 * person it is the form again with a sentence at each fault and all that was typed, or a page that says what happened and
 * what to do.
 */
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE) // before Spring's own answers, which are JSON to everybody
class Errors {

    private static final Logger LOG = LoggerFactory.getLogger(Errors.class);
    private static final int RECOVERED_SECONDS = 5;
    private static final String RETRY_AFTER = "Retry-After";
    private static final String REFUSED = Errors.class.getName() + ".refused";

    /**
     * A page about one status.
     *
     * @param sentence in place of its text, if there is one
     * @param again seconds until the page asks again by itself; 0 for never
     * @param request its id in the log
     */
    record ErrorPage(int status, @Nullable String sentence, int again, String request) {}

    /** A no that is told when no page holds the form. */
    private record Told(int status, @Nullable String sentence) {}

    private final Pages pages;
    private final Texts texts;
    private final JsonMapper json;
    private final MeterRegistry meters;

    Errors(Pages pages, Texts texts, JsonMapper json, MeterRegistry meters) {
        this.pages = pages;
        this.texts = texts;
        this.json = json;
        this.meters = meters;
    }

    /** Forms are records: only their components are read, whatever other names are sent. */
    @InitBinder
    void readRecordsOnly(WebDataBinder binder) {
        binder.setDeclarativeBinding(true);
    }

    @ExceptionHandler
    @Nullable
    ModelAndView refused(Refused no, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Language language = Pages.language(request);
        String sentence = texts.say(language, no.refusal().key(), no.facts().toArray());
        int status = no.refusal().status();
        String reason = no.refusal().key().replaceFirst("^refusal\\.", "");
        meters.counter("gonghui.refusals", "reason", reason, "status", Integer.toString(status))
                .increment();
        LOG.info("Refused: {}", reason);
        if (no.again().isPositive()) {
            response.setHeader(
                    RETRY_AFTER, Long.toString(no.again().plusMillis(999).toSeconds()));
        } else if (status == HttpStatus.SERVICE_UNAVAILABLE.value()) {
            response.setHeader(RETRY_AFTER, Integer.toString(RECOVERED_SECONDS));
        }
        if (isProgram(request)) {
            return problem(request, response, status, sentence, no.refusal().key(), List.of());
        }
        return showForm(no, status, sentence, request, response) ? null : page(status, sentence, request, response);
    }

    @ExceptionHandler
    @Nullable
    ModelAndView badInput(BadInput bad, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Language language = Pages.language(request);
        int status = HttpStatus.UNPROCESSABLE_CONTENT.value();
        LOG.info(
                "Typed wrongly: {}",
                bad.faults().stream()
                        .map(fault -> fault.field() + " " + fault.key())
                        .collect(Collectors.joining(", ")));
        if (isProgram(request)) {
            List<Map<String, String>> faults = bad.faults().stream()
                    .map(fault -> Map.of(
                            "field",
                            fault.field(),
                            "detail",
                            texts.say(
                                    language,
                                    "input." + fault.key(),
                                    fault.facts().toArray())))
                    .toList();
            return problem(request, response, status, texts.say(language, "error.422"), "bad-input", faults);
        }
        String sentences = bad.faults().stream()
                .map(fault -> texts.say(
                        language, "input." + fault.key(), fault.facts().toArray()))
                .collect(Collectors.joining(" "));
        boolean shown = "GET".equals(request.getMethod())
                ? showWithout(bad, status, request, response)
                : showForm(bad, status, null, request, response);
        return shown ? null : page(status, sentences, request, response);
    }

    /** The database is away or has just come back: the same request may succeed in a moment. */
    @ExceptionHandler({
        CannotGetJdbcConnectionException.class,
        DataAccessResourceFailureException.class,
        TransientDataAccessException.class,
        RecoverableDataAccessException.class,
        TransactionException.class
    })
    @Nullable
    ModelAndView databaseAway(Exception fault, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        LOG.warn("The database is away: {}", new WithoutWords(fault).kinds());
        response.setHeader(RETRY_AFTER, Integer.toString(RECOVERED_SECONDS));
        return answer(HttpStatus.SERVICE_UNAVAILABLE.value(), request, response);
    }

    /** Somebody else has just written what may stand once only. */
    @ExceptionHandler
    @Nullable
    ModelAndView writtenMeanwhile(DuplicateKeyException fault, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        return answer(HttpStatus.CONFLICT.value(), request, response);
    }

    /** An id or a number in the address that is none: there is no such page. */
    @ExceptionHandler
    @Nullable
    ModelAndView noSuchThing(TypeMismatchException fault, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        return answer(HttpStatus.NOT_FOUND.value(), request, response);
    }

    @ExceptionHandler
    @Nullable
    ModelAndView anythingElse(Exception fault, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (fault instanceof HttpRequestMethodNotSupportedException
                && request.getAttribute(REFUSED) instanceof Told refused) {
            return page(refused.status(), refused.sentence(), request, response); // no page holds that form
        }
        if (fault instanceof ErrorResponse known) {
            return answer(known.getStatusCode().value(), request, response);
        }
        int unreadable =
                fault instanceof HttpMessageConversionException ? HttpStatus.BAD_REQUEST.value() : unreadable(fault);
        if (unreadable > 0) {
            // What was sent may hold a password or a link's token: nothing of it goes into the log.
            return answer(unreadable, request, response);
        }
        LOG.error("{} {} failed", request.getMethod(), RequestLog.pattern(request), new WithoutWords(fault));
        return answer(HttpStatus.INTERNAL_SERVER_ERROR.value(), request, response);
    }

    /**
     * The status for parameters that no server can read: broken escapes, too many, a file that is too big or
     * whose name no file can have; else 0.
     */
    private static int unreadable(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidParameterException parameters) {
                return parameters.getErrorCode();
            }
            if (cause instanceof InvalidFileNameException) {
                return HttpStatus.BAD_REQUEST.value();
            }
        }
        return 0;
    }

    private static String kind(Throwable fault) {
        String kind = fault.getClass().getName();
        return fault instanceof SQLException sql ? kind + " " + sql.getSQLState() : kind;
    }

    /**
     * A fault as it goes into the log: of what kind, and where, down to its first cause. What it says is left out: libraries
     * quote what was typed.
     */
    private static final class WithoutWords extends Exception {

        private static final long serialVersionUID = 1;

        WithoutWords(Throwable fault) {
            super(kind(fault), cause(fault));
            setStackTrace(fault.getStackTrace());
        }

        private static @Nullable WithoutWords cause(Throwable fault) {
            Throwable cause = fault.getCause();
            return cause == null || cause.equals(fault) ? null : new WithoutWords(cause);
        }

        String kinds() {
            return getCause() instanceof WithoutWords cause
                    ? getMessage() + " by " + cause.kinds()
                    : String.valueOf(getMessage());
        }
    }

    /** The answer for a status without a sentence of its own. */
    @Nullable
    ModelAndView answer(int status, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (isProgram(request)) {
            return problem(
                    request,
                    response,
                    status,
                    texts.say(Pages.language(request), "error." + known(status), RECOVERED_SECONDS),
                    "status",
                    List.of());
        }
        return page(status, null, request, response);
    }

    /**
     * Shows the page again that holds the form: the form names it in {@code shownAt}, else it is the form's own address. What
     * was no form is shown where its handler said, if it did.
     */
    private static boolean showForm(
            RuntimeException why,
            int status,
            @Nullable String sentence,
            HttpServletRequest request,
            HttpServletResponse response)
            throws ServletException, IOException {
        boolean alreadyShowing = request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI) != null;
        Optional<String> page = Attempt.page(request);
        if (alreadyShowing || (page.isEmpty() && !"POST".equals(request.getMethod()))) {
            return false;
        }
        String shownAt = request.getParameter("shownAt");
        String own = request.getRequestURI();
        boolean named =
                shownAt != null && LocalAddress.is(shownAt) && area(shownAt).equals(area(own));
        String address = page.orElse(named ? shownAt : own);
        Attempt.keep(request, why);
        request.setAttribute(REFUSED, new Told(status, sentence));
        response.setStatus(status);
        var asked = new HttpServletRequestWrapper(request) {
            @Override
            public String getMethod() {
                return "GET";
            }
        };
        forward(address, asked, response);
        return true;
    }

    /**
     * Shows a page again that was asked for what it has not: without that, but with what was typed and why it is not shown.
     * A file is no page to show it on.
     */
    private static boolean showWithout(
            BadInput bad, int status, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Set<String> wrong = bad.faults().stream().map(BadInput.Fault::field).collect(Collectors.toSet());
        String own = request.getRequestURI();
        boolean alreadyShowing = request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI) != null;
        if (alreadyShowing
                || own.endsWith("/export")
                || Collections.disjoint(wrong, request.getParameterMap().keySet())) {
            return false;
        }
        Attempt.keep(request, bad);
        response.setStatus(status);
        Map<String, String[]> rest = new LinkedHashMap<>(request.getParameterMap());
        rest.keySet().removeAll(wrong);
        var asked = new HttpServletRequestWrapper(request) {
            @Override
            public Map<String, String[]> getParameterMap() {
                return Collections.unmodifiableMap(rest);
            }

            @Override
            public @Nullable String getParameter(String name) {
                String[] values = rest.get(name);
                return values == null || values.length == 0 ? null : values[0];
            }

            @Override
            public String @Nullable [] getParameterValues(String name) {
                return rest.get(name);
            }

            @Override
            public Enumeration<String> getParameterNames() {
                return Collections.enumeration(rest.keySet());
            }
        };
        forward(own, asked, response);
        return true;
    }

    /** Another handler writes the page, but this request was the first one's. */
    private static void forward(String address, HttpServletRequest asked, HttpServletResponse response)
            throws ServletException, IOException {
        Object pattern = asked.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        Objects.requireNonNull(asked.getRequestDispatcher(address)).forward(asked, response);
        asked.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, pattern);
    }

    /** The first segment of an address: a form is shown at a page of its own area, and nowhere else. */
    private static String area(String address) {
        int end = address.indexOf('/', 1);
        return end < 0 ? address : address.substring(0, end);
    }

    private ModelAndView page(
            int status, @Nullable String sentence, HttpServletRequest request, HttpServletResponse response) {
        response.setStatus(status);
        int again = status == HttpStatus.SERVICE_UNAVAILABLE.value() ? RECOVERED_SECONDS : 0;
        var page = new ErrorPage(known(status), sentence, again, RequestLog.id(request));
        return new ModelAndView(pages.portal(CurrentActor.of(request), "site/error.jte", page));
    }

    private @Nullable ModelAndView problem(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            String detail,
            String type,
            List<Map<String, String>> faults)
            throws IOException {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.valueOf(status), detail);
        problem.setType(URI.create("urn:gonghui:" + type));
        problem.setProperty("request", RequestLog.id(request));
        if (!faults.isEmpty()) {
            problem.setProperty("faults", faults);
        }
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding("UTF-8");
        json.writeValue(response.getOutputStream(), problem);
        return null;
    }

    /** Statuses that have words of their own; any other is told as the nearest of them. */
    static int known(int status) {
        return switch (status) {
            case 400, 401, 403, 404, 409, 410, 413, 422, 429, 503 -> status;
            default -> status < 500 ? 400 : 500;
        };
    }

    private static boolean isProgram(HttpServletRequest request) {
        Object asked = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String address = asked == null ? request.getRequestURI() : asked.toString();
        return address.startsWith("/api/")
                || MediaType.APPLICATION_PROBLEM_JSON_VALUE.equals(request.getHeader(HttpHeaders.ACCEPT));
    }
}
