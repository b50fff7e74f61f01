package org.gonghui.phone;

import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import org.gonghui.access.Token;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Signing in by phone for programs: a code goes out, and comes back for a bearer token. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "sessions")
class SessionApi {

    /** The phone that a code shall go to. */
    record CodeRequest(@Nullable String phone) {}

    /** The phone and the code that came. */
    record SessionRequest(@Nullable String phone, @Nullable String code) {}

    /** The token to send as {@code Authorization: Bearer …}, and when it ends. */
    record SessionBody(String token, Instant expiresAt) {}

    private final Phones phones;
    private final Clock clock;

    SessionApi(Phones phones, Clock clock) {
        this.phones = phones;
        this.clock = clock;
    }

    /** Sends a code to a phone, known or not. */
    @PostMapping("/phone-codes")
    @May(Right.PUBLIC)
    @ResponseStatus(HttpStatus.ACCEPTED)
    void sendCode(
            @RequestBody CodeRequest body,
            @RequestHeader(name = "Device", defaultValue = "") String device,
            HttpServletRequest request) {
        phones.sendCode(body.phone(), new PhoneCodes.Origin(request.getRemoteAddr(), device));
    }

    /** Gives a token for the code that came. */
    @PostMapping("/sessions")
    @May(Right.PUBLIC)
    @ResponseStatus(HttpStatus.CREATED)
    SessionBody signIn(@RequestBody SessionRequest body) {
        String code = body.code();
        Token token = phones.signIn(Phones.read(body.phone()), code == null ? "" : code);
        return new SessionBody(token.text(), clock.instant().plus(Phones.SESSION.most()));
    }
}
