package org.gonghui.site;

import org.gonghui.kernel.CannotStart;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why a start failed in one sentence instead of two hundred lines. Named in {@code META-INF/spring.factories}. */
class CannotStartAnalyzer extends AbstractFailureAnalyzer<CannotStart> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, CannotStart cause) {
        return new FailureAnalysis(cause.getMessage(), null, cause);
    }
}
