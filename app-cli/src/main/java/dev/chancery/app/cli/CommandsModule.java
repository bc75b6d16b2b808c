package dev.chancery.app.cli;

import dagger.Binds;
import dagger.Module;
import dagger.multibindings.IntoMap;
import dagger.multibindings.StringKey;
import dev.chancery.app.cli.approval.RequestApproveCommand;
import dev.chancery.app.cli.approval.RequestAssembleCommand;
import dev.chancery.app.cli.approval.RequestCreateCommand;
import dev.chancery.app.cli.approval.RequestShowCommand;
import dev.chancery.app.cli.approval.page.KeyEnrollCommand;
import dev.chancery.app.cli.approval.page.RequestServeCommand;
import dev.chancery.app.cli.approval.qr.RequestQrCommand;
import dev.chancery.app.cli.command.AttestCommand;
import dev.chancery.app.cli.command.AuditShowCommand;
import dev.chancery.app.cli.command.AuditVerifyCommand;
import dev.chancery.app.cli.command.BundleAttachCommand;
import dev.chancery.app.cli.command.BundleEnvelopeCommand;
import dev.chancery.app.cli.command.BundleInspectCommand;
import dev.chancery.app.cli.command.BundleMergeCommand;
import dev.chancery.app.cli.command.BundleSplitCommand;
import dev.chancery.app.cli.command.Command;
import dev.chancery.app.cli.command.CopyCommand;
import dev.chancery.app.cli.command.DoctorCommand;
import dev.chancery.app.cli.command.KeyCsrCommand;
import dev.chancery.app.cli.command.KeyDestroyCommand;
import dev.chancery.app.cli.command.KeyEvidenceCommand;
import dev.chancery.app.cli.command.KeyExportCommand;
import dev.chancery.app.cli.command.KeyGenerateCommand;
import dev.chancery.app.cli.command.KeyListCommand;
import dev.chancery.app.cli.command.KeyRotateCommand;
import dev.chancery.app.cli.command.KeyShowCommand;
import dev.chancery.app.cli.command.PolicyCheckCommand;
import dev.chancery.app.cli.command.PolicyExplainCommand;
import dev.chancery.app.cli.command.PullCommand;
import dev.chancery.app.cli.command.PushCommand;
import dev.chancery.app.cli.command.SignCommand;
import dev.chancery.app.cli.command.TreeCommand;
import dev.chancery.app.cli.command.TrustPullCommand;
import dev.chancery.app.cli.command.VerifyCommand;
import dev.chancery.app.cli.log.LogMonitorCommand;
import dev.chancery.app.cli.log.LogProveCommand;
import dev.chancery.app.cli.log.LogSearchCommand;
import dev.chancery.app.cli.log.LogShowCommand;

/// The subcommands by their names. Each is made only when it is called.
@Module
interface CommandsModule {
    @Binds @IntoMap @StringKey("sign") Command sign(SignCommand command);

    @Binds @IntoMap @StringKey("attest") Command attest(AttestCommand command);

    @Binds @IntoMap @StringKey("verify") Command verify(VerifyCommand command);

    @Binds @IntoMap @StringKey("bundle inspect") Command bundleInspect(BundleInspectCommand command);

    @Binds @IntoMap @StringKey("bundle merge") Command bundleMerge(BundleMergeCommand command);

    @Binds @IntoMap @StringKey("bundle split") Command bundleSplit(BundleSplitCommand command);

    @Binds @IntoMap @StringKey("bundle attach") Command bundleAttach(BundleAttachCommand command);

    @Binds @IntoMap @StringKey("bundle envelope") Command bundleEnvelope(BundleEnvelopeCommand command);

    @Binds @IntoMap @StringKey("request create") Command requestCreate(RequestCreateCommand command);

    @Binds @IntoMap @StringKey("request show") Command requestShow(RequestShowCommand command);

    @Binds @IntoMap @StringKey("request approve") Command requestApprove(RequestApproveCommand command);

    @Binds @IntoMap @StringKey("request assemble") Command requestAssemble(RequestAssembleCommand command);

    @Binds @IntoMap @StringKey("request qr") Command requestQr(RequestQrCommand command);

    @Binds @IntoMap @StringKey("request serve") Command requestServe(RequestServeCommand command);

    @Binds @IntoMap @StringKey("policy check") Command policyCheck(PolicyCheckCommand command);

    @Binds @IntoMap @StringKey("policy explain") Command policyExplain(PolicyExplainCommand command);

    @Binds @IntoMap @StringKey("key generate") Command keyGenerate(KeyGenerateCommand command);

    @Binds @IntoMap @StringKey("key enroll") Command keyEnroll(KeyEnrollCommand command);

    @Binds @IntoMap @StringKey("key list") Command keyList(KeyListCommand command);

    @Binds @IntoMap @StringKey("key show") Command keyShow(KeyShowCommand command);

    @Binds @IntoMap @StringKey("key export") Command keyExport(KeyExportCommand command);

    @Binds @IntoMap @StringKey("log search") Command logSearch(LogSearchCommand command);

    @Binds @IntoMap @StringKey("log show") Command logShow(LogShowCommand command);

    @Binds @IntoMap @StringKey("log prove") Command logProve(LogProveCommand command);

    @Binds @IntoMap @StringKey("log monitor") Command logMonitor(LogMonitorCommand command);

    @Binds @IntoMap @StringKey("key csr") Command keyCsr(KeyCsrCommand command);

    @Binds @IntoMap @StringKey("key evidence") Command keyEvidence(KeyEvidenceCommand command);

    @Binds @IntoMap @StringKey("key rotate") Command keyRotate(KeyRotateCommand command);

    @Binds @IntoMap @StringKey("key destroy") Command keyDestroy(KeyDestroyCommand command);

    @Binds @IntoMap @StringKey("trust pull") Command trustPull(TrustPullCommand command);

    @Binds @IntoMap @StringKey("doctor") Command doctor(DoctorCommand command);

    @Binds @IntoMap @StringKey("audit show") Command auditShow(AuditShowCommand command);

    @Binds @IntoMap @StringKey("audit verify") Command auditVerify(AuditVerifyCommand command);

    @Binds @IntoMap @StringKey("copy") Command copy(CopyCommand command);

    @Binds @IntoMap @StringKey("tree") Command tree(TreeCommand command);

    @Binds @IntoMap @StringKey("push") Command push(PushCommand command);

    @Binds @IntoMap @StringKey("pull") Command pull(PullCommand command);
}
