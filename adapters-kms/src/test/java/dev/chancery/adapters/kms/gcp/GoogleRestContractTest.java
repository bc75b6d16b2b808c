package dev.chancery.adapters.kms.gcp;

import dev.chancery.adapters.kms.fake.FakeTime;
import java.io.IOException;

/// The same contract, with requests that travel as JSON.
final class GoogleRestContractTest extends GoogleBackendContractTest {
    @Override
    GoogleKeyService connect(FakeGoogleKms service, FakeTime time) throws IOException {
        return service.restService(time);
    }
}
