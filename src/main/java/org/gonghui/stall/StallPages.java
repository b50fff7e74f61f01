package org.gonghui.stall;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.gonghui.joining.JoiningCodes;
import org.gonghui.joining.Joinings;
import org.gonghui.kernel.Actor;
import org.gonghui.kernel.BadInput;
import org.gonghui.kernel.Input;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Refused;
import org.gonghui.kernel.Right;
import org.gonghui.layout.Language;
import org.gonghui.layout.Pages;
import org.gonghui.layout.Texts;
import org.gonghui.member.Employment;
import org.gonghui.member.Members;
import org.gonghui.member.PhoneNumber;
import org.gonghui.org.UnionSummary;
import org.gonghui.phone.Phones;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.View;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The two pages that a phone keeps for where there is no network: of whoever wants to join, and of the staff at a stall. They
 * hold nothing about anybody, so everyone may have them; who may send is asked when something is sent.
 */
@Controller
class StallPages {

    /** Bytes that are sent at once at most. */
    static final int LONGEST_BODY = 64 * 1024;

    private static final int LONGEST_KEY = 200;
    private static final int LONGEST_BOX = 4 * 1024;

    /**
     * A page that is kept. Once the code has ended nothing new is typed on it; what is on the phone is sent from it still.
     *
     * @param key the public key of the code, Base64; empty for one that has ended
     * @param atStall true for the staff's
     */
    record StallPage(
            JoiningCodes.Scanned scanned,
            String key,
            boolean atStall,
            List<Employment> employments,
            List<UnionSummary> employers) {}

    /**
     * Who would send now.
     *
     * @param mayTakeDown at this stall
     * @param phone masked; empty for nobody who signed in by phone
     * @param token against forged requests
     */
    record SendingBody(boolean signedIn, boolean mayTakeDown, String phone, String token) {}

    /** Sealed on a phone; everything but the id in Base64. A person takes up less than a kilobyte. */
    record ParcelBody(
            @Nullable UUID id,
            @Nullable String key,
            @Nullable String nonce,
            @Nullable String box) {

        Optional<StallKey.Parcel> parcel() {
            if (id == null || key == null || nonce == null || box == null) {
                return Optional.empty();
            }
            if (key.length() > LONGEST_KEY || nonce.length() > LONGEST_KEY || box.length() > LONGEST_BOX) {
                return Optional.empty();
            }
            try {
                return Optional.of(new StallKey.Parcel(id, bytes(key), bytes(nonce), bytes(box)));
            } catch (IllegalArgumentException notBase64) {
                return Optional.empty();
            }
        }

        private static byte[] bytes(String base64) {
            return Base64.getDecoder().decode(base64);
        }
    }

    /** Several of them. */
    record ParcelsBody(@Nullable List<@Nullable ParcelBody> parcels) {}

    /**
     * What came of a parcel.
     *
     * @param result a word of {@link Stalls.Result}
     * @param fields those that are wrong
     * @param why in words; empty where the result says it all
     */
    record OutcomeBody(UUID id, String result, List<String> fields, String why) {}

    private final Stalls stalls;
    private final JoiningCodes codes;
    private final Joinings joinings;
    private final Members members;
    private final Phones phones;
    private final Pages pages;
    private final Texts texts;
    private final JsonMapper json;

    StallPages(
            Stalls stalls,
            JoiningCodes codes,
            Joinings joinings,
            Members members,
            Phones phones,
            Pages pages,
            Texts texts,
            JsonMapper json) {
        this.stalls = stalls;
        this.codes = codes;
        this.joinings = joinings;
        this.members = members;
        this.phones = phones;
        this.pages = pages;
        this.texts = texts;
        this.json = json;
    }

    /** What keeps the pages on the phone. */
    @GetMapping("/j/keeper.js")
    @May(Right.PUBLIC)
    ResponseEntity<Resource> keeper() {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/javascript;charset=UTF-8"))
                .cacheControl(CacheControl.noCache())
                .body(new ClassPathResource("static/stall-keeper.js"));
    }

    /** Of whoever wants to join and has no network. */
    @GetMapping("/j/{code}/later")
    @May(Right.PUBLIC)
    View later(Actor actor, @PathVariable String code) {
        return page(actor, code, false);
    }

    /** Of the staff at a stall. */
    @GetMapping("/j/{code}/stall")
    @May(Right.PUBLIC)
    View stall(Actor actor, @PathVariable String code) {
        return page(actor, code, true);
    }

    private View page(Actor actor, String code, boolean atStall) {
        JoiningCodes.Scanned scanned = codes.find(code);
        if (!scanned.ended() && !Joinings.takesApplications(scanned.union())) {
            throw new Refused(StallRefusal.CHOOSE_A_PLACE);
        }
        return pages.part(
                actor.unnamed(),
                "stall/stall.jte",
                new StallPage(
                        scanned,
                        scanned.ended() ? "" : Base64.getEncoder().encodeToString(stalls.publicKey(scanned)),
                        atStall,
                        members.employments(),
                        joinings.employersAt(scanned.union())));
    }

    /** Whether it can be sent now, and by whom: asked before anything goes, never kept. */
    @GetMapping("/j/{code}/sending")
    @May(Right.PUBLIC)
    ResponseEntity<SendingBody> sending(Actor actor, CsrfToken token, @PathVariable String code) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new SendingBody(
                        actor.isSignedIn(),
                        stalls.mayTakeDown(actor, codes.find(code)),
                        actor.account()
                                .flatMap(phones::of)
                                .map(PhoneNumber::masked)
                                .orElse(""),
                        token.getToken()));
    }

    /** Takes down whom staff typed at a stall. */
    @PostMapping("/j/{code}/stall")
    @May(Right.MEMBER_APPROVE)
    @ResponseBody
    List<OutcomeBody> takeDown(Actor actor, HttpServletRequest request, @PathVariable String code, InputStream sent)
            throws IOException {
        ParcelsBody body = read(sent, ParcelsBody.class);
        return stalls.takeDown(actor, code, parcels(body.parcels())).stream()
                .map(outcome -> body(outcome, request))
                .toList();
    }

    /** Sends what somebody typed on their own phone. */
    @PostMapping("/j/{code}/later")
    @May(Right.SIGNED_IN)
    @ResponseBody
    OutcomeBody send(Actor actor, @PathVariable String code, InputStream sent) throws IOException {
        StallKey.Parcel parcel = parcels(List.of(read(sent, ParcelBody.class))).getFirst();
        Stalls.Result result = stalls.send(actor, code, parcel) ? Stalls.Result.WAITS : Stalls.Result.UNREADABLE;
        return new OutcomeBody(parcel.id(), result.name(), List.of(), "");
    }

    /** What was sent, of a size that is looked at before anything else is done with it. */
    private <T> T read(InputStream sent, Class<T> type) throws IOException {
        byte[] body = sent.readNBytes(LONGEST_BODY + 1);
        if (body.length > LONGEST_BODY) {
            throw new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE);
        }
        try {
            T read = json.readValue(body, type);
            if (read != null) {
                return read;
            }
        } catch (JacksonException noJson) {
            // falls through: what was sent may hold anything, so nothing of it is told
        }
        throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
    }

    private static List<StallKey.Parcel> parcels(@Nullable List<@Nullable ParcelBody> bodies) {
        List<StallKey.Parcel> parcels = bodies == null
                ? List.of()
                : bodies.stream()
                        .flatMap(body ->
                                body == null ? Optional.<StallKey.Parcel>empty().stream() : body.parcel().stream())
                        .toList();
        if (bodies == null || parcels.isEmpty() || parcels.size() != bodies.size() || parcels.size() > Stalls.AT_ONCE) {
            var input = new Input();
            input.fault("parcels", "no-parcels", Stalls.AT_ONCE);
            input.check();
        }
        return parcels;
    }

    private OutcomeBody body(Stalls.Outcome outcome, HttpServletRequest request) {
        Language language = Pages.language(request);
        Refused why = outcome.why();
        String sentences = outcome.faults().stream()
                .map(fault -> texts.say(
                        language, "input." + fault.key(), fault.facts().toArray()))
                .collect(Collectors.joining(" "));
        return new OutcomeBody(
                outcome.id(),
                outcome.result().name(),
                outcome.faults().stream().map(BadInput.Fault::field).distinct().toList(),
                why == null
                        ? sentences
                        : texts.say(language, why.refusal().key(), why.facts().toArray()));
    }
}
