package org.gonghui.site;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.gonghui.kernel.May;
import org.gonghui.kernel.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * Faults that never reached a handler: an address that is none, a forged form, a right that is missing, a database that is
 * away when the session is read.
 */
@Controller
class StatusPages implements ErrorController {

    private final Errors errors;

    StatusPages(Errors errors) {
        this.errors = errors;
    }

    @RequestMapping("/error")
    @May(Right.PUBLIC)
    @Nullable
    ModelAndView status(HttpServletRequest request, HttpServletResponse response) throws Exception {
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Exception fault) {
            throw fault; // what a filter threw is answered as if a handler had
        }
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        return errors.answer(code instanceof Integer status ? status : 404, request, response);
    }
}
