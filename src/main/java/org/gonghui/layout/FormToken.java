package org.gonghui.layout;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.web.csrf.CsrfToken;

/** The token against forged forms, as the security chain gives it; empty on pages that it does not guard. */
final class FormToken {

    private FormToken() {}

    static String of(HttpServletRequest request) {
        return request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token ? token.getToken() : "";
    }
}
