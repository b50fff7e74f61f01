package org.gonghui.house;

import org.gonghui.GonghuiApplication;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** Each module imports only what its package-info allows, and there is no cycle. */
class ModularityTests {

    @Test
    void modulesImportOnlyWhatTheyMay() {
        ApplicationModules.of(GonghuiApplication.class).verify();
    }
}
