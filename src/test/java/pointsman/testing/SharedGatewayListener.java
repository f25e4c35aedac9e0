package pointsman.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/// Renews the providers of every [SharedGateway] before each class, of whichever engine, and ends them when
/// all tests have run. It is named under `META-INF/services`, so no class can forget it.
public final class SharedGatewayListener implements TestExecutionListener {
    private static final int DEPTH_OF_A_CLASS = 2; // the engine, and the class in it

    @Override
    public void executionStarted(TestIdentifier test) {
        if (test.getUniqueIdObject().getSegments().size() == DEPTH_OF_A_CLASS) {
            SharedGateway.running().forEach(Gateway::renew);
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (Gateway.started() + GatewayProcess.begun() > 0) {
            System.out.printf(
                    "%nGateways started: %d in this JVM, %d as processes%n", Gateway.started(), GatewayProcess.begun());
        }
        try {
            SharedGateway.end();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
