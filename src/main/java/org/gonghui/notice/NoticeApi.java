package org.gonghui.notice;

import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.Mark;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.layout.Language;
import org.gonghui.layout.Pages;
import org.gonghui.layout.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** My notices as JSON. */
@RestController
@RequestMapping("/api/v1/notices")
@Tag(name = "notices")
class NoticeApi {

    /**
     * A notice.
     *
     * @param kind what happened; {@code WRITTEN} when staff wrote it
     * @param link where it leads on the platform; empty for nowhere
     */
    record NoticeBody(UUID id, Instant at, boolean fresh, String kind, String title, String text, String link) {}

    /**
     * A page of notices, the newest first.
     *
     * @param next asks for the page after it; null on the last
     */
    record NoticesBody(List<NoticeBody> notices, @Nullable String next) {}

    /** How many are unread. */
    record UnreadBody(int unread) {}

    private final Notices notices;
    private final Texts texts;

    NoticeApi(Notices notices, Texts texts) {
        this.notices = notices;
        this.texts = texts;
    }

    /** My notices, the newest first; they count as read from then on. */
    @GetMapping
    @May(Right.SIGNED_IN)
    NoticesBody list(Actor actor, @RequestParam(defaultValue = "") String after, HttpServletRequest request) {
        Language language = Pages.language(request);
        Notices.Inbox inbox = notices.open(actor, Mark.of(after));
        return new NoticesBody(
                inbox.notices().stream().map(notice -> body(notice, language)).toList(),
                inbox.next().map(Mark::text).orElse(null));
    }

    /** How many I have not read. */
    @GetMapping("/unread")
    @May(Right.SIGNED_IN)
    UnreadBody unread(Actor actor) {
        return new UnreadBody(notices.unread(actor));
    }

    private NoticeBody body(Notice notice, Language language) {
        String kind = notice instanceof Notice.Event event ? event.kind().name() : "WRITTEN";
        String link = notice instanceof Notice.Event event ? event.link() : "";
        return new NoticeBody(
                notice.id(),
                notice.at(),
                notice.fresh(),
                kind,
                notice.title(texts, language),
                notice.text(texts, language),
                link);
    }
}
