package org.gonghui.layout;

import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gonghui.kernel.Actor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.servlet.View;

/** Turns a template and its model into a page within the frame of portal or desk. */
@Component
public class Pages {

    /** The cookie that asks for large type (适老版). */
    public static final String TYPE_COOKIE = "type";

    private final TemplateEngine templates;
    private final Texts texts;
    private final Assets assets;
    private final Clock clock;
    private final List<WorkArea> areas;
    private final ObjectProvider<Bell> bell;
    private final boolean demonstration;
    private final KeptParts kept = new KeptParts();

    Pages(
            TemplateEngine templates,
            Texts texts,
            Assets assets,
            Clock clock,
            List<WorkArea> areas,
            ObjectProvider<Bell> bell,
            @Value("${gonghui.mode}") String mode) {
        this.templates = templates;
        this.texts = texts;
        this.assets = assets;
        this.clock = clock;
        this.areas =
                areas.stream().sorted(Comparator.comparingInt(WorkArea::order)).toList();
        this.bell = bell;
        this.demonstration = "demo".equals(mode);
    }

    /** A page of the portal, for this actor. */
    public View portal(Actor actor, String template, Object model) {
        return new Rendered(actor, null, template, model, false);
    }

    /** A part of a page that is asked for again and again: whoever has it as it is now is told so in no bytes. */
    public View part(Actor actor, String template, Object model) {
        return new Rendered(actor, null, template, model, true);
    }

    /** A page of the desk, looking at this part of the tree. */
    public View desk(Actor actor, Scope scope, String template, Object model) {
        return new Rendered(actor, scope, template, model, false);
    }

    /** The address of a static file, for a page without a frame. */
    public String asset(String file) {
        return assets.address(file);
    }

    /** The language that a request asks for. */
    public static Language language(HttpServletRequest request) {
        return Language.of(cookie(request, Language.COOKIE).orElse(""));
    }

    private static Optional<String> cookie(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(name)) {
                    return Optional.of(cookie.getValue());
                }
            }
        }
        return Optional.empty();
    }

    /** What the person asked for, also where the page is told from {@code /error}. */
    private static String address(HttpServletRequest request) {
        boolean failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) != null;
        Object path = failed ? request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) : request.getRequestURI();
        Object query = failed ? request.getAttribute(RequestDispatcher.ERROR_QUERY_STRING) : request.getQueryString();
        return query == null ? String.valueOf(path) : path + "?" + query;
    }

    private List<Frame.NavGroup> navigation(Actor actor, Language language, String path) {
        Map<String, List<Frame.NavItem>> groups = new LinkedHashMap<>();
        for (WorkArea area : areas) {
            if (actor.may(area.right())) {
                boolean current = path.equals(area.address()) || path.startsWith(area.address() + "/");
                groups.computeIfAbsent(area.group(), key -> new ArrayList<>())
                        .add(new Frame.NavItem(
                                texts.say(language, area.label()), area.icon(), area.address(), current));
            }
        }
        return groups.entrySet().stream()
                .map(group -> new Frame.NavGroup(texts.say(language, group.getKey()), group.getValue()))
                .toList();
    }

    private final class Rendered implements View {

        private final Actor actor;
        private final @Nullable Scope scope;
        private final String template;
        private final Object model;
        private final boolean askedAgain;

        Rendered(Actor actor, @Nullable Scope scope, String template, Object model, boolean askedAgain) {
            this.actor = actor;
            this.scope = scope;
            this.template = template;
            this.model = model;
            this.askedAgain = askedAgain;
        }

        @Override
        public void render(
                @Nullable Map<String, ?> attributes, HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            Language language = language(request);
            String path = request.getRequestURI();
            var frame = new Frame(
                    texts,
                    assets,
                    language,
                    cookie(request, TYPE_COOKIE).orElse("").equals("large"),
                    demonstration,
                    actor,
                    scope,
                    LocalDate.now(clock),
                    address(request),
                    FormToken.of(request),
                    navigation(actor, language, path),
                    askedAgain
                            ? 0
                            : bell.stream().mapToInt(each -> each.unread(actor)).sum(),
                    Attempt.of(request),
                    kept);
            var output = new Utf8ByteOutput();
            templates.render(template, Map.of("frame", frame, "page", model), output);
            response.setHeader("Cache-Control", "no-store");
            if (askedAgain && new ServletWebRequest(request, response).checkNotModified(version(output))) {
                return;
            }
            response.setLocale(language.locale());
            response.setContentType("text/html;charset=UTF-8");
            response.setContentLength(output.getContentLength());
            response.getOutputStream()
                    .write(output.toByteArray()); // at once: each write goes through every filter's wrapper
        }

        private static String version(Utf8ByteOutput output) throws IOException {
            try {
                MessageDigest hash = MessageDigest.getInstance("SHA-256");
                output.writeTo(hash::update);
                return HexFormat.of().formatHex(hash.digest(), 0, 8);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
