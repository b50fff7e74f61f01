package org.gonghui.phone;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.gonghui.access.ConfirmingPage;
import org.gonghui.access.Cookies;
import org.gonghui.access.CurrentActor;
import org.gonghui.access.Token;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.gonghui.layout.LocalAddress;
import org.gonghui.layout.Pages;
import org.gonghui.member.PhoneNumber;
import org.gonghui.seal.Sealer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import org.springframework.web.util.UriComponentsBuilder;

/** Signing in by phone, two short pages: the number, then the code that came. */
@Controller
class PhonePages {

    private static final String ASKED = "gonghui-phone";
    private static final String CONFIRMATION = "/me/phone/confirmation";
    private static final String DEVICE = "gonghui-device";
    private static final Duration DEVICE_KEPT = Duration.ofDays(400);
    private static final Duration ASKED_KEPT = Duration.ofMinutes(15);

    /** Nothing else stands at this place: the phone on its way from the first page to the second, in a cookie. */
    private static final Sealer.Place IN_COOKIE = new Sealer.Place("phone.cookie", new UUID(0, 1));

    /** The first page; {@code to} is where the person wanted to go. */
    record NumberPage(String to) {}

    /** The second page. */
    record CodePage(String to, String maskedPhone, long minutesValid) {}

    /** The pages on which somebody moves to another phone; masked, and empty before it was told. */
    record MovingPage(String maskedPhone, boolean confirmed) {}

    /**
     * The pages on which somebody shows once more who they are.
     *
     * @param to where they want to go then
     * @param sent true when a code is on its way to their phone
     */
    record ConfirmPage(String to, String maskedPhone, boolean sent, long minutesValid) {}

    private final Phones phones;
    private final Pages pages;
    private final Cookies cookies;
    private final Sealer sealer;

    PhonePages(Phones phones, Pages pages, Cookies cookies, Sealer sealer) {
        this.phones = phones;
        this.pages = pages;
        this.cookies = cookies;
        this.sealer = sealer;
    }

    @GetMapping("/sign-in/phone")
    @May(Right.PUBLIC)
    View numberForm(
            Actor actor,
            @RequestParam(defaultValue = "") String to,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (actor.isSignedIn()) {
            return LocalAddress.redirect(wanted(to));
        }
        if (Cookies.read(request, DEVICE).isEmpty()) {
            cookies.set(response, DEVICE, UUID.randomUUID().toString(), DEVICE_KEPT);
        }
        return pages.portal(actor, "phone/number.jte", new NumberPage(to));
    }

    @PostMapping("/sign-in/phone")
    @May(Right.PUBLIC)
    View sendCode(
            @RequestParam(required = false) @Nullable String phone,
            @RequestParam(defaultValue = "") String to,
            @CookieValue(name = DEVICE, defaultValue = "") String device,
            HttpServletRequest request,
            HttpServletResponse response) {
        PhoneNumber number = phones.sendCode(phone, new PhoneCodes.Origin(request.getRemoteAddr(), device));
        cookies.set(response, ASKED, sealed(number), ASKED_KEPT);
        return LocalAddress.redirect(codeAddress(to));
    }

    @GetMapping("/sign-in/phone/code")
    @May(Right.PUBLIC)
    View codeForm(
            Actor actor,
            @RequestParam(defaultValue = "") String to,
            @CookieValue(name = ASKED, defaultValue = "") String asked) {
        if (actor.isSignedIn()) {
            return LocalAddress.redirect(wanted(to));
        }
        Optional<PhoneNumber> phone = opened(asked);
        return phone.isEmpty()
                ? LocalAddress.redirect(numberAddress(to))
                : pages.portal(
                        actor, "phone/code.jte", new CodePage(to, phone.get().masked(), PhoneCodes.VALID.toMinutes()));
    }

    @PostMapping("/sign-in/phone/code")
    @May(Right.PUBLIC)
    View signIn(
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String to,
            @CookieValue(name = ASKED, defaultValue = "") String asked,
            HttpServletRequest request,
            HttpServletResponse response) {
        Optional<PhoneNumber> phone = opened(asked);
        if (phone.isEmpty()) {
            return LocalAddress.redirect(numberAddress(to)); // a quarter of an hour has gone by: begin again
        }
        Token token = phones.signIn(phone.get(), code);
        cookies.signIn(request, response, token, Phones.SESSION);
        cookies.set(response, ASKED, "", Duration.ZERO);
        return LocalAddress.redirect(wanted(to));
    }

    /** Sends another code to the same phone. */
    @PostMapping("/sign-in/phone/again")
    @May(Right.PUBLIC)
    View sendAgain(
            @RequestParam(defaultValue = "") String to,
            @CookieValue(name = ASKED, defaultValue = "") String asked,
            @CookieValue(name = DEVICE, defaultValue = "") String device,
            HttpServletRequest request,
            HttpServletResponse response) {
        Optional<PhoneNumber> phone = opened(asked);
        return phone.isEmpty()
                ? LocalAddress.redirect(numberAddress(to))
                : sendCode(phone.get().text(), to, device, request, response);
    }

    /** My phone is another now: first the new number. */
    @GetMapping("/me/phone")
    @May(Right.SIGNED_IN)
    View movingForm(Actor actor, HttpServletRequest request) {
        return pages.portal(actor, "phone/moving.jte", new MovingPage("", CurrentActor.isConfirmedForAForm(request)));
    }

    @PostMapping("/me/phone")
    @May(value = Right.SIGNED_IN, confirmed = true)
    View beginMove(
            Actor actor,
            @RequestParam(required = false) @Nullable String phone,
            @CookieValue(name = DEVICE, defaultValue = "") String device,
            HttpServletRequest request,
            HttpServletResponse response) {
        phones.requireOwn(actor);
        PhoneNumber number = phones.sendCode(phone, new PhoneCodes.Origin(request.getRemoteAddr(), device));
        cookies.set(response, ASKED, sealed(number), ASKED_KEPT);
        return LocalAddress.redirect("/me/phone/code");
    }

    /** Then the code that was sent to it. */
    @GetMapping("/me/phone/code")
    @May(Right.SIGNED_IN)
    View movingCode(
            Actor actor, @CookieValue(name = ASKED, defaultValue = "") String asked, HttpServletRequest request) {
        boolean confirmed = CurrentActor.isConfirmedForAForm(request);
        return opened(asked)
                .map(phone -> pages.portal(actor, "phone/moving.jte", new MovingPage(phone.masked(), confirmed)))
                .orElseGet(() -> LocalAddress.redirect("/me/phone"));
    }

    @PostMapping("/me/phone/code")
    @May(value = Right.SIGNED_IN, confirmed = true)
    View move(
            Actor actor,
            @RequestParam(defaultValue = "") String code,
            @CookieValue(name = ASKED, defaultValue = "") String asked,
            HttpServletRequest request,
            HttpServletResponse response) {
        Optional<PhoneNumber> phone = opened(asked);
        if (phone.isEmpty()) {
            return LocalAddress.redirect("/me/phone");
        }
        Token token = phones.move(actor, phone.get(), code);
        cookies.signIn(request, response, token, Phones.SESSION);
        cookies.set(response, ASKED, "", Duration.ZERO);
        return LocalAddress.redirect("/me");
    }

    /** Before something that a stolen session must not do: a code to the phone by which I sign in. */
    @GetMapping(CONFIRMATION)
    @May(Right.SIGNED_IN)
    View confirmForm(
            Actor actor, @RequestParam(defaultValue = "") String to, @RequestParam(defaultValue = "") String sent) {
        PhoneNumber phone = phones.of(phones.requireOwn(actor)).orElseThrow();
        return pages.portal(
                actor,
                "phone/confirm.jte",
                new ConfirmPage(wanted(to), phone.masked(), sent.equals("yes"), PhoneCodes.VALID.toMinutes()));
    }

    @PostMapping(CONFIRMATION + "/code")
    @May(Right.SIGNED_IN)
    View sendOwnCode(
            Actor actor,
            @RequestParam(defaultValue = "") String to,
            @CookieValue(name = DEVICE, defaultValue = "") String device,
            HttpServletRequest request) {
        phones.sendOwnCode(actor, new PhoneCodes.Origin(request.getRemoteAddr(), device));
        return LocalAddress.redirect(address(CONFIRMATION, to) + "&sent=yes");
    }

    @PostMapping(CONFIRMATION)
    @May(Right.SIGNED_IN)
    View confirm(
            Actor actor,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String to,
            HttpServletRequest request,
            HttpServletResponse response) {
        phones.confirm(actor, code);
        cookies.confirmed(request, response);
        return LocalAddress.redirect(wanted(to));
    }

    @Bean
    static ConfirmingPage phoneConfirmingPage() {
        return new ConfirmingPage(CONFIRMATION);
    }

    private String sealed(PhoneNumber phone) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealer.seal(phone.text(), IN_COOKIE));
    }

    private Optional<PhoneNumber> opened(String cookie) {
        if (cookie.isEmpty()) {
            return Optional.empty();
        }
        try {
            byte[] sealed = Base64.getUrlDecoder().decode(cookie);
            return PhoneNumber.read(sealer.open(sealed, IN_COOKIE));
        } catch (IllegalArgumentException | IllegalStateException notOurs) {
            return Optional.empty();
        }
    }

    private static String wanted(String to) {
        return to.startsWith("/sign-in") ? "/me" : LocalAddress.orElse(to, "/me");
    }

    private static String numberAddress(String to) {
        return address("/sign-in/phone", to);
    }

    private static String codeAddress(String to) {
        return address("/sign-in/phone/code", to);
    }

    private static String address(String path, String to) {
        return UriComponentsBuilder.fromPath(path)
                .queryParam("to", "{to}")
                .build(to)
                .toString();
    }
}
