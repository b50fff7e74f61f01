package org.gonghui.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.AuthorizedParty;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.gonghui.kernel.CannotStart;
import org.gonghui.kernel.CleanText;
import org.gonghui.kernel.Refused;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outside provider, as OpenID Connect knows it: authorization code with PKCE, an ID token signed with a key of the
 * provider's. What the provider is (its addresses and keys) it says itself, under the issuer's address.
 */
class Provider {

    private static final Logger LOG = LoggerFactory.getLogger(Provider.class);
    private static final int LONGEST_SHOWN = 80;
    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    /** Signatures by a key of the provider's alone: none made with the secret that we have too, and none unsigned. */
    private static final Set<JWSAlgorithm> SIGNATURES =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);

    /**
     * Which provider, and who we are to it.
     *
     * @param name what people call it
     * @param claim by which it tells its people apart, unchanging and never given to another: {@code sub} unless it says otherwise
     * @param callback the address of ours to which it leads people back
     */
    record Settings(String issuer, String clientId, String secret, String name, String claim, String callback) {}

    /**
     * What an errand to the provider must bring back.
     *
     * @param state names the errand, in the address and in the browser's cookie
     */
    record Errand(String state, String nonce, String verifier) {

        static Errand fresh() {
            return new Errand(new State().getValue(), new Nonce().getValue(), new CodeVerifier().getValue());
        }
    }

    /**
     * Who came back.
     *
     * @param subject tells people of this issuer apart
     * @param shown what they are called there, for their own eyes
     */
    record Proof(String issuer, String subject, String shown) {}

    /** What the provider says of itself, and what verifies its ID tokens. */
    private record Known(OIDCProviderMetadata metadata, IDTokenValidator validator) {}

    private final Settings settings;
    private final InstantSource time;
    private final ProviderHttp http = new ProviderHttp();
    private volatile @Nullable Known known;

    Provider(Settings settings, InstantSource time) {
        this.settings = settings;
        this.time = time;
    }

    String name() {
        return settings.name();
    }

    String issuer() {
        return settings.issuer();
    }

    /**
     * Asks the provider who it is when the platform starts: what answers but is no such provider is an error of the
     * settings. One that is away does not keep a city from starting.
     */
    void meet() {
        try {
            known();
        } catch (GeneralException notAProvider) {
            throw new CannotStart(
                    "GONGHUI_OIDC_ISSUER is not an OpenID provider of that name: " + notAProvider.getMessage(),
                    notAProvider);
        } catch (IOException away) {
            LOG.warn(
                    "The provider that GONGHUI_OIDC_ISSUER names cannot be reached, people sign in by password: {}",
                    away.toString());
        }
    }

    /** Where to send somebody's browser. */
    URI away(Errand errand) {
        try {
            return new AuthenticationRequest.Builder(
                            ResponseType.CODE,
                            new Scope("openid", "profile"),
                            new ClientID(settings.clientId()),
                            URI.create(settings.callback()))
                    .endpointURI(known().metadata().getAuthorizationEndpointURI())
                    .state(new State(errand.state()))
                    .nonce(new Nonce(errand.nonce()))
                    .codeChallenge(new CodeVerifier(errand.verifier()), CodeChallengeMethod.S256)
                    .build()
                    .toURI();
        } catch (IOException | GeneralException e) {
            throw isAway(e);
        }
    }

    /** Who the code stands for; nobody unless the provider answers for it, to us, on this errand, now. */
    Proof prove(String code, Errand errand) {
        Known provider;
        HTTPResponse answer;
        try {
            provider = known();
            HTTPRequest request = new TokenRequest.Builder(
                            provider.metadata().getTokenEndpointURI(),
                            new ClientSecretBasic(new ClientID(settings.clientId()), new Secret(settings.secret())),
                            new AuthorizationCodeGrant(
                                    new AuthorizationCode(code),
                                    URI.create(settings.callback()),
                                    new CodeVerifier(errand.verifier())))
                    .build()
                    .toHTTPRequest();
            answer = request.send(http);
        } catch (IOException | GeneralException e) {
            throw isAway(e);
        }
        try {
            TokenResponse tokens = OIDCTokenResponseParser.parse(answer);
            if (!(tokens instanceof OIDCTokenResponse granted)) {
                throw new ParseException(String.valueOf(tokens.toErrorResponse().getErrorObject()));
            }
            JWT idToken = granted.getOIDCTokens().getIDToken();
            if (idToken == null) {
                throw new ParseException("there is no ID token");
            }
            IDTokenClaimsSet claims = provider.validator().validate(idToken, new Nonce(errand.nonce()));
            Date notBefore = claims.getDateClaim("nbf");
            if (notBefore != null
                    && notBefore.toInstant().isAfter(time.instant().plus(CLOCKS_APART))) {
                throw new ParseException("it is not good yet"); // the library leaves this to its caller
            }
            return proof(claims);
        } catch (ParseException | BadJOSEException e) {
            LOG.warn("The provider's word was not believed: {}", e.getMessage());
            throw new Refused(OidcRefusal.NOT_PROVEN, settings.name());
        } catch (JOSEException e) {
            throw isAway(e); // its keys could not be read
        }
    }

    private Proof proof(IDTokenClaimsSet claims) throws ParseException {
        // Made for us among others: then it must say that we asked. The library leaves this to its caller.
        AuthorizedParty askedBy = claims.getAuthorizedParty();
        boolean isSilent = askedBy == null && claims.getAudience().size() == 1;
        if (!isSilent && !new AuthorizedParty(settings.clientId()).equals(askedBy)) {
            throw new ParseException("it was made for " + claims.getAudience() + ", asked by " + askedBy);
        }
        String subject = claims.getStringClaim(settings.claim());
        if (subject == null || subject.isBlank()) {
            throw new ParseException("there is no claim " + settings.claim());
        }
        String shown = Stream.of("preferred_username", "name", settings.claim())
                .map(claims::getStringClaim)
                .filter(text -> text != null && !CleanText.line(text).isEmpty())
                .map(CleanText::line)
                .findFirst()
                .orElse("");
        String shortened = shown.codePoints()
                .limit(LONGEST_SHOWN)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return new Proof(settings.issuer(), subject, shortened);
    }

    private Known known() throws IOException, GeneralException {
        Known before = known;
        if (before != null) {
            return before;
        }
        var issuer = new Issuer(settings.issuer());
        HTTPResponse answer =
                new HTTPRequest(HTTPRequest.Method.GET, OIDCProviderMetadata.resolveURL(issuer)).send(http);
        answer.ensureStatusCode(HTTPResponse.SC_OK);
        OIDCProviderMetadata metadata = OIDCProviderMetadata.parse(answer.getBodyAsJSONObject());
        if (!metadata.getIssuer().equals(issuer)) {
            throw new GeneralException("it calls itself " + metadata.getIssuer());
        }
        if (Stream.of(metadata.getAuthorizationEndpointURI(), metadata.getTokenEndpointURI(), metadata.getJWKSetURI())
                .anyMatch(Predicate.isEqual(null))) {
            throw new GeneralException("it does not say where to sign in, where to ask, or what its keys are");
        }
        for (URI address : List.of(
                metadata.getAuthorizationEndpointURI(), metadata.getTokenEndpointURI(), metadata.getJWKSetURI())) {
            if (!isTrusted(address)) {
                throw new GeneralException("it names an address that is not https: " + address);
            }
        }
        JWKSource<SecurityContext> keys = JWKSourceBuilder.<SecurityContext>create(
                        metadata.getJWKSetURI().toURL(), http)
                .build();
        var fresh = new Known(
                metadata,
                new IDTokenValidator(
                        issuer,
                        new ClientID(settings.clientId()),
                        new JWSVerificationKeySelector<>(SIGNATURES, keys),
                        null));
        known = fresh;
        return fresh;
    }

    /** Over https, so that nobody on the way answers in its name; plain http within the machine, to try it out. */
    static boolean isTrusted(URI address) {
        boolean within = List.of("127.0.0.1", "localhost").contains(String.valueOf(address.getHost()));
        return address.getHost() != null
                && ("https".equals(address.getScheme()) || (within && "http".equals(address.getScheme())));
    }

    /** The secret, the code and what the provider said stay out of the log and of the answer. */
    private Refused isAway(Exception why) {
        LOG.warn("The provider is away: {}", why.toString());
        return new Refused(OidcRefusal.PROVIDER_AWAY, settings.name());
    }
}
