package dev.chancery.domain.error;

/// Every error a user can meet. Codes are stable: a code is never given to another meaning, and a retired one is not used again.
/// Each has a page `docs/errors/CHY-….md`.
public enum ErrorCode {
    // U: how the command was used
    WRONG_USE("CHY-U001", ExitStatus.WRONG_USE, "wrong use of the command"),
    OUTPUT_EXISTS("CHY-U002", ExitStatus.WRONG_USE, "the output file exists"),
    KEY_URI_MALFORMED("CHY-U003", ExitStatus.WRONG_USE, "the key URI is malformed"),
    PIN_IN_URI("CHY-U004", ExitStatus.WRONG_USE, "a PIN stands in the key URI"),
    PIN_FROM_COMMAND("CHY-U005", ExitStatus.WRONG_USE, "the key URI wants a command run for the PIN"),
    SCHEME_UNKNOWN("CHY-U006", ExitStatus.WRONG_USE, "no back end knows this kind of key"),
    NOT_SUPPORTED_HERE("CHY-U007", ExitStatus.WRONG_USE, "this back end cannot do that"),
    TRUST_IN_BATCH("CHY-U008", ExitStatus.WRONG_USE, "a line of the batch says itself whom to trust"),

    // K: keys, tokens, PINs
    PIN_WRONG("CHY-K001", ExitStatus.KEY, "the PIN is wrong"),
    PIN_LOCKED("CHY-K002", ExitStatus.KEY, "the PIN is locked"),
    PIN_FINAL_TRY("CHY-K003", ExitStatus.KEY, "only one try is left for the PIN"),
    PIN_UNAVAILABLE("CHY-K004", ExitStatus.KEY, "no PIN was given"),
    MODULE_MISSING("CHY-K005", ExitStatus.KEY, "the PKCS#11 module does not exist"),
    MODULE_INVALID("CHY-K006", ExitStatus.KEY, "the file is not a PKCS#11 module"),
    KEY_NOT_FOUND("CHY-K007", ExitStatus.KEY, "no such key"),
    KEY_AMBIGUOUS("CHY-K008", ExitStatus.KEY, "more than one key matches"),
    KEY_MAY_NOT_SIGN("CHY-K009", ExitStatus.KEY, "the key may not sign"),
    TOKEN_NOT_FOUND("CHY-K010", ExitStatus.KEY, "no such token"),
    EXPECTED_KEY_MISMATCH("CHY-K011", ExitStatus.KEY, "the key is not the expected one"),
    EXPECTED_KEY_UNKNOWN("CHY-K012", ExitStatus.KEY, "nothing says which public key to expect"),
    TOKEN_FAILED("CHY-K013", ExitStatus.KEY, "the token reported an error"),
    KEY_DEADLINE("CHY-K014", ExitStatus.KEY, "the key did not answer in time"),
    ALGORITHM_UNSUPPORTED("CHY-K015", ExitStatus.KEY, "the key cannot make such a signature"),
    KEY_FILE_INVALID("CHY-K016", ExitStatus.KEY, "the key file cannot be used"),
    PASSPHRASE_WRONG("CHY-K017", ExitStatus.KEY, "the passphrase is wrong"),
    PIN_SOURCE_UNREADABLE("CHY-K018", ExitStatus.KEY, "the PIN source cannot be read"),
    TOKEN_AMBIGUOUS("CHY-K019", ExitStatus.KEY, "more than one token matches"),
    KEY_EXISTS("CHY-K020", ExitStatus.KEY, "a key of that name exists"),
    KEY_FILE_EXPOSED("CHY-K021", ExitStatus.KEY, "others can read the secret file"),
    TOKEN_LOST("CHY-K022", ExitStatus.KEY, "the token went away"),
    PIN_MALFORMED("CHY-K023", ExitStatus.KEY, "the PIN cannot be one for this token"),
    TOKEN_NOT_READY("CHY-K024", ExitStatus.KEY, "the token is not ready for use"),
    MESSAGE_BEYOND_KEY("CHY-K030", ExitStatus.KEY, "the key does not take so long a message"),
    CERTIFICATE_NOT_FOR_KEY("CHY-K031", ExitStatus.KEY, "the certificate is not for this key"),
    CERTIFICATE_UNUSABLE("CHY-K032", ExitStatus.KEY, "the certificate cannot be used"),
    CERTIFICATE_NOT_VALID_NOW("CHY-K033", ExitStatus.KEY, "the certificate is not valid now"),
    SIGNATURE_UNCERTAIN("CHY-K034", ExitStatus.KEY, "the key may have signed this already"),
    PASSPHRASE_EMPTY("CHY-K050", ExitStatus.KEY, "the passphrase of a new key is empty"),
    JCA_CONFIGURATION_INVALID("CHY-K051", ExitStatus.KEY, "the configuration of key stores cannot be used"),
    JCA_STORE_UNKNOWN("CHY-K052", ExitStatus.KEY, "no such key store"),
    JCA_PROVIDER_UNUSABLE("CHY-K053", ExitStatus.KEY, "the key store or its provider cannot be used"),
    CERTIFICATE_REQUEST_INVALID("CHY-K054", ExitStatus.WRONG_USE, "the certificate request cannot be made"),
    CREDENTIALS_MISSING("CHY-K060", ExitStatus.KEY, "there are no credentials for the key service"),
    CREDENTIALS_REFUSED("CHY-K061", ExitStatus.KEY, "the key service does not take the credentials"),
    PERMISSION_DENIED("CHY-K062", ExitStatus.KEY, "the key service does not permit that"),
    KEY_DISABLED("CHY-K063", ExitStatus.KEY, "the key is disabled"),
    KEY_BEING_DELETED("CHY-K064", ExitStatus.KEY, "the key is deleted or waits for it"),
    KEY_USAGE_WRONG("CHY-K065", ExitStatus.KEY, "the key is not one for signing"),
    KEY_ELSEWHERE("CHY-K066", ExitStatus.KEY, "the key is in another region"),
    SERVICE_THROTTLED("CHY-K067", ExitStatus.REMOTE, "the key service did not take the request in time"),
    SERVICE_UNREACHABLE("CHY-K068", ExitStatus.REMOTE, "the key service cannot be reached"),
    SERVICE_TLS("CHY-K069", ExitStatus.REMOTE, "the connection to the key service is not trusted"),
    KEY_VERSION_MISMATCH("CHY-K070", ExitStatus.REMOTE, "the key service answered for another key"),
    ANSWER_DAMAGED("CHY-K071", ExitStatus.REMOTE, "the key service's answer was damaged on the way"),
    SERVICE_FAILED("CHY-K072", ExitStatus.REMOTE, "the key service reported an error"),
    ANSWER_UNSOUND("CHY-K073", ExitStatus.REMOTE, "the key service's answer makes no sense"),
    ANSWER_LOST("CHY-K074", ExitStatus.REMOTE, "the key service's answer was lost"),
    MESSAGE_TOO_LONG_FOR_SERVICE("CHY-K075", ExitStatus.KEY, "the message is longer than the key service takes"),
    ADD_ON_MISSING("CHY-K076", ExitStatus.WRONG_USE, "the add-on for this kind of key is not installed"),
    ADD_ON_UNUSABLE("CHY-K077", ExitStatus.KEY, "the add-on for this kind of key cannot be used"),
    SERVICE_SETTING_WRONG("CHY-K078", ExitStatus.WRONG_USE, "a setting of the key service cannot be used"),

    // S: signing
    CONTENT_IS_DSSE("CHY-S001", ExitStatus.WRONG_USE, "the file is a DSSE encoding"),
    MESSAGE_TOO_LONG("CHY-S002", ExitStatus.WRONG_USE, "the file is too long for this algorithm"),
    PREDICATE_INVALID("CHY-S003", ExitStatus.UNREADABLE, "the predicate cannot be used"),
    BARE_DIGEST("CHY-S004", ExitStatus.WRONG_USE, "a bare digest is signed only as a statement"),
    SIGNATURE_WRONG("CHY-S005", ExitStatus.KEY, "the key returned a signature that does not verify"),
    PURPOSE_REFUSED("CHY-S006", ExitStatus.KEY, "the key is not for this purpose"),
    STATEMENT_INVALID("CHY-S007", ExitStatus.WRONG_USE, "the statement cannot be made"),

    // V: verification
    SIGNATURE_INVALID("CHY-V001", ExitStatus.REJECTED, "the signature does not verify"),
    DIGEST_MISMATCH("CHY-V002", ExitStatus.REJECTED, "the artifact is not the one that was signed"),
    KEY_MISMATCH("CHY-V003", ExitStatus.REJECTED, "another key made the signature"),
    SUBJECT_MISMATCH("CHY-V004", ExitStatus.REJECTED, "the statement is about something else"),
    PREDICATE_TYPE_MISMATCH("CHY-V005", ExitStatus.REJECTED, "the statement is of another type"),
    PAYLOAD_TYPE_MISMATCH("CHY-V006", ExitStatus.REJECTED, "the payload is not an in-toto statement"),
    STATEMENT_MALFORMED("CHY-V007", ExitStatus.REJECTED, "the signed payload is not a sound statement"),
    SIGNATURE_COUNT("CHY-V008", ExitStatus.REJECTED, "the envelope has not exactly one signature"),
    ALGORITHM_MISMATCH("CHY-V009", ExitStatus.REJECTED, "the algorithm does not fit the key"),
    EVIDENCE_UNSUPPORTED("CHY-V010", ExitStatus.UNKNOWN, "the bundle needs evidence that cannot be checked"),
    KEY_ID_MISMATCH("CHY-V011", ExitStatus.REJECTED, "the bundle names another key"),
    DSSE_AS_MESSAGE("CHY-V012", ExitStatus.REJECTED, "a DSSE encoding was signed as a file"),
    CERTIFICATE_MISSING("CHY-V020", ExitStatus.REJECTED, "the bundle has no certificate"),
    CERTIFICATE_MALFORMED("CHY-V021", ExitStatus.REJECTED, "the certificate cannot be read"),
    CERTIFICATE_UNTRUSTED("CHY-V022", ExitStatus.REJECTED, "no trusted authority issued the certificate"),
    CERTIFICATE_PATH_INVALID("CHY-V023", ExitStatus.REJECTED, "the certificate's path is not sound"),
    CERTIFICATE_USE("CHY-V024", ExitStatus.REJECTED, "the certificate is not for signing code"),
    CERTIFICATE_NOT_VALID_THEN("CHY-V025", ExitStatus.REJECTED, "the certificate was not valid when the signature was made"),
    CERTIFICATE_NAME_NOT_ALLOWED("CHY-V026", ExitStatus.REJECTED, "the authority may not issue for this name"),
    TIME_MISSING("CHY-V030", ExitStatus.REJECTED, "nothing proves when the signature was made"),
    TIMESTAMP_MALFORMED("CHY-V031", ExitStatus.REJECTED, "the timestamp cannot be read"),
    TIMESTAMP_IMPRINT_MISMATCH("CHY-V032", ExitStatus.REJECTED, "the timestamp is over something else"),
    TIMESTAMP_UNTRUSTED("CHY-V033", ExitStatus.REJECTED, "no trusted authority made the timestamp"),
    TIMESTAMP_INVALID("CHY-V034", ExitStatus.REJECTED, "the timestamp does not verify"),
    TIMESTAMP_INACCURATE("CHY-V035", ExitStatus.REJECTED, "the timestamp is too inaccurate"),
    LOG_ENTRY_MISSING("CHY-V040", ExitStatus.REJECTED, "the transparency log entry is missing"),
    LOG_UNTRUSTED("CHY-V041", ExitStatus.REJECTED, "the log is not a trusted one"),
    LOG_ENTRY_MALFORMED("CHY-V042", ExitStatus.REJECTED, "the log entry cannot be read"),
    LOG_ENTRY_MISMATCH("CHY-V043", ExitStatus.REJECTED, "the log entry is about something else"),
    LOG_PROMISE_INVALID("CHY-V044", ExitStatus.REJECTED, "the log's promise does not verify"),
    INCLUSION_PROOF_INVALID("CHY-V045", ExitStatus.REJECTED, "the proof of inclusion does not hold"),
    CHECKPOINT_MISMATCH("CHY-V046", ExitStatus.REJECTED, "the checkpoint is not the proof's"),
    CHECKPOINT_SIGNATURE_INVALID("CHY-V047", ExitStatus.REJECTED, "the log has not signed the checkpoint"),
    LOG_KEY_OUTSIDE_WINDOW("CHY-V048", ExitStatus.REJECTED, "the log's key was not in use then"),
    WITNESSES_MISSING("CHY-V049", ExitStatus.REJECTED, "too few witnesses have signed the checkpoint"),
    LOG_INDEX_MISMATCH("CHY-V050", ExitStatus.REJECTED, "the log entry claims another index than its proof"),
    SCT_MISSING("CHY-V051", ExitStatus.REJECTED, "the certificate is not in a certificate transparency log"),
    SCT_MALFORMED("CHY-V052", ExitStatus.REJECTED, "the certificate's log promise cannot be read"),
    SCT_LOG_UNTRUSTED("CHY-V053", ExitStatus.REJECTED, "the certificate transparency log is not a trusted one"),
    SCT_INVALID("CHY-V054", ExitStatus.REJECTED, "the certificate's log promise does not verify"),
    IDENTITY_MISMATCH("CHY-V060", ExitStatus.REJECTED, "the certificate is for someone else"),
    IDENTITY_ISSUER_MISMATCH("CHY-V061", ExitStatus.REJECTED, "someone else vouches for the identity"),
    IDENTITY_CLAIM_MISMATCH("CHY-V062", ExitStatus.REJECTED, "the certificate claims something else"),
    LOG_KEY_RETIRED("CHY-V063", ExitStatus.UNKNOWN, "the log's key is retired and nothing proves the time"),
    ALGORITHM_NOT_ALLOWED("CHY-V064", ExitStatus.REJECTED, "the policy does not allow the algorithm"),
    EVIDENCE_TOO_OLD("CHY-V065", ExitStatus.REJECTED, "the statement is older than the policy allows"),
    CLOCK_BEHIND("CHY-V066", ExitStatus.UNKNOWN, "this machine's clock is behind the evidence"),
    SIGNER_UNKNOWN("CHY-V067", ExitStatus.REJECTED, "nobody whom the policy names has signed this"),
    DEMAND_NOT_MET("CHY-V068", ExitStatus.REJECTED, "a demand of the policy is not met"),
    DEMAND_UNDECIDED("CHY-V069", ExitStatus.UNKNOWN, "whether a demand of the policy is met cannot be told"),
    CONDITION_NOT_MET("CHY-V070", ExitStatus.REJECTED, "the statement does not fulfil a condition"),
    CONDITION_FAILED("CHY-V071", ExitStatus.REJECTED, "a condition has no answer for the statement"),

    // P: policies
    POLICY_KEYRING_MISSING("CHY-P001", ExitStatus.WRONG_USE, "the policy names entries of a keyring"),
    POLICY_ROOT_MISSING("CHY-P002", ExitStatus.WRONG_USE, "the policy needs a trusted root"),
    POLICY_SIGNER_INVALID("CHY-P003", ExitStatus.UNREADABLE, "a signer of the policy cannot be used"),
    POLICY_CONDITION_INVALID("CHY-P004", ExitStatus.UNREADABLE, "a condition of the policy cannot be used"),
    POLICY_DEMAND_IMPOSSIBLE("CHY-P005", ExitStatus.UNREADABLE, "a demand of the policy can never be met"),

    // F: formats
    TOO_LARGE("CHY-F001", ExitStatus.UNREADABLE, "the input is larger than allowed"),
    JSON_MALFORMED("CHY-F002", ExitStatus.UNREADABLE, "the input is not JSON"),
    JSON_DUPLICATE("CHY-F003", ExitStatus.UNREADABLE, "a JSON member stands twice"),
    JSON_DEPTH("CHY-F004", ExitStatus.UNREADABLE, "the JSON is nested too deeply"),
    NOT_UTF8("CHY-F005", ExitStatus.UNREADABLE, "the input is not UTF-8"),
    BASE64_MALFORMED("CHY-F006", ExitStatus.UNREADABLE, "a value is not base64"),
    DIGEST_LENGTH("CHY-F007", ExitStatus.UNREADABLE, "a digest has the wrong length"),
    FIELD_UNKNOWN("CHY-F008", ExitStatus.UNREADABLE, "a field is unknown"),
    FIELD_MISSING("CHY-F009", ExitStatus.UNREADABLE, "a field is missing"),
    FIELD_INVALID("CHY-F010", ExitStatus.UNREADABLE, "a field has a wrong value"),
    PUBLIC_KEY_MALFORMED("CHY-F011", ExitStatus.UNREADABLE, "the public key cannot be read"),
    MEDIA_TYPE_UNSUPPORTED("CHY-F012", ExitStatus.UNREADABLE, "the media type is not one that is read here"),
    NOTE_MALFORMED("CHY-F020", ExitStatus.UNREADABLE, "the signed note is not sound"),
    CHECKPOINT_MALFORMED("CHY-F021", ExitStatus.UNREADABLE, "the note is not a checkpoint"),
    YAML_MALFORMED("CHY-F022", ExitStatus.UNREADABLE, "the input is not YAML"),
    YAML_NOT_JSON("CHY-F023", ExitStatus.UNREADABLE, "the YAML says what JSON cannot"),

    // I: files
    INPUT_UNREADABLE("CHY-I001", ExitStatus.UNREADABLE, "the input cannot be read"),
    OUTPUT_UNWRITABLE("CHY-I002", ExitStatus.UNREADABLE, "the output cannot be written"),

    // A: the audit log
    AUDIT_UNWRITABLE("CHY-A001", ExitStatus.UNREADABLE, "the audit log cannot be written"),
    AUDIT_BROKEN("CHY-A002", ExitStatus.REJECTED, "the audit log was altered"),
    AUDIT_UNREADABLE("CHY-A003", ExitStatus.UNREADABLE, "the audit log cannot be read"),

    // L: identities, certificates, logs and timestamps
    IDENTITY_TOKEN_MISSING("CHY-L001", ExitStatus.KEY, "there is no identity token"),
    IDENTITY_TOKEN_MALFORMED("CHY-L002", ExitStatus.UNREADABLE, "the identity token cannot be read"),
    IDENTITY_TOKEN_EXPIRED("CHY-L003", ExitStatus.KEY, "the identity token is not valid now"),
    IDENTITY_TOKEN_AUDIENCE("CHY-L004", ExitStatus.KEY, "the identity token is for someone else"),
    WORKFLOW_PERMISSION("CHY-L005", ExitStatus.KEY, "the CI job may not have an identity token"),
    IDENTITY_PROVIDER_FAILED("CHY-L006", ExitStatus.REMOTE, "the identity provider gave no token"),
    LOGIN_REFUSED("CHY-L007", ExitStatus.KEY, "the login was refused"),
    LOGIN_TIMED_OUT("CHY-L008", ExitStatus.KEY, "nobody logged in"),
    CERTIFICATE_REFUSED("CHY-L010", ExitStatus.REMOTE, "the certificate authority refused"),
    CERTIFICATE_UNSOUND("CHY-L011", ExitStatus.REMOTE, "the issued certificate does not verify"),
    CERTIFICATE_FOR_ANOTHER("CHY-L012", ExitStatus.REMOTE, "the issued certificate is for another key or name"),
    CLOCK_SKEW("CHY-L013", ExitStatus.REMOTE, "this machine's clock is wrong"),
    LOG_REFUSED("CHY-L020", ExitStatus.REMOTE, "the transparency log refused"),
    LOG_ANSWER_UNSOUND("CHY-L021", ExitStatus.REMOTE, "what the transparency log returned does not verify"),
    LOG_ENTRY_NOT_FOUND("CHY-L022", ExitStatus.REMOTE, "the transparency log does not show the entry"),
    LOG_VIEW_INCONSISTENT("CHY-L023", ExitStatus.REJECTED, "the transparency log contradicts itself"),
    TIMESTAMP_REFUSED("CHY-L025", ExitStatus.REMOTE, "the timestamp authority refused"),
    TIMESTAMP_ANSWER_UNSOUND("CHY-L026", ExitStatus.REMOTE, "what the timestamp authority returned does not verify"),
    EVIDENCE_SERVICE_UNAVAILABLE("CHY-L030", ExitStatus.REMOTE, "a service did not answer in time"),
    EVIDENCE_SERVICE_UNTRUSTED("CHY-L031", ExitStatus.REMOTE, "the connection to a service is not trusted"),
    EVIDENCE_SERVICE_UNSOUND("CHY-L032", ExitStatus.REMOTE, "a service's answer makes no sense"),
    NO_USABLE_SERVICE("CHY-L033", ExitStatus.WRONG_USE, "the signing configuration has no service to use"),
    EVIDENCE_INCOMPLETE("CHY-L034", ExitStatus.REMOTE, "the signature has not all its evidence yet"),
    PENDING_INVALID("CHY-L035", ExitStatus.UNREADABLE, "the file of an unfinished signature cannot be used"),

    // R: registries and other places of OCI content
    REFERENCE_MALFORMED("CHY-R001", ExitStatus.WRONG_USE, "the reference names no artifact"),
    REGISTRY_UNREACHABLE("CHY-R002", ExitStatus.REMOTE, "the registry cannot be reached"),
    REGISTRY_TLS("CHY-R003", ExitStatus.REMOTE, "the connection to the registry is not trusted"),
    REGISTRY_UNAUTHORIZED("CHY-R004", ExitStatus.REMOTE, "the registry wants other credentials"),
    REGISTRY_DENIED("CHY-R005", ExitStatus.REMOTE, "the registry does not permit that"),
    REGISTRY_THROTTLED("CHY-R006", ExitStatus.REMOTE, "the registry did not take the request in time"),
    REGISTRY_FAILED("CHY-R007", ExitStatus.REMOTE, "the registry reported an error"),
    REGISTRY_ANSWER_UNSOUND("CHY-R008", ExitStatus.REMOTE, "the registry's answer makes no sense"),
    ARTIFACT_ABSENT("CHY-R009", ExitStatus.REMOTE, "there is no such artifact"),
    CONTENT_MISMATCH("CHY-R010", ExitStatus.REMOTE, "content is not what its digest or size says"),
    CONTENT_TOO_LARGE("CHY-R011", ExitStatus.REMOTE, "content is larger than allowed"),
    REGISTRY_CREDENTIALS("CHY-R012", ExitStatus.WRONG_USE, "credentials for the registry cannot be read"),
    REGISTRY_SETTING("CHY-R013", ExitStatus.WRONG_USE, "a setting of the registry cannot be used"),
    NO_SIGNATURE("CHY-R014", ExitStatus.REJECTED, "no signature hangs on the artifact"),
    SIGNATURES_UNKNOWN("CHY-R015", ExitStatus.UNKNOWN, "what hangs on the artifact is not known"),
    REFERRER_LOST("CHY-R016", ExitStatus.REMOTE, "a concurrent writer keeps undoing the entry"),
    LAYOUT_UNSOUND("CHY-R017", ExitStatus.UNREADABLE, "the OCI layout cannot be used"),
    TAG_MOVED("CHY-R018", ExitStatus.REMOTE, "the tag moved"),
    ARTIFACT_KIND("CHY-R019", ExitStatus.WRONG_USE, "the artifact is not of a kind for this"),
    PIPELINE_UNDEFINED("CHY-R020", ExitStatus.WRONG_USE, "the project's file does not say"),
    PIPELINE_KEY_REFUSED("CHY-R021", ExitStatus.WRONG_USE, "a key of the project's file is not used"),
    PIPELINE_BELOW_FLOOR("CHY-R022", ExitStatus.WRONG_USE, "the project's file switches off what the site demands"),

    // T: trust roots
    TRUST_METADATA_UNSIGNED("CHY-T001", ExitStatus.REJECTED, "trust metadata is not signed as it has to be"),
    TRUST_METADATA_EXPIRED("CHY-T002", ExitStatus.UNKNOWN, "trust metadata has expired"),
    TRUST_ROLLBACK("CHY-T003", ExitStatus.REJECTED, "the mirror went back to an older state"),
    TRUST_FILE_WRONG("CHY-T004", ExitStatus.REJECTED, "a file of the trust repository is not what it has to be"),
    TRUST_MIRROR_FAILED("CHY-T005", ExitStatus.REMOTE, "the trust mirror cannot be used"),
    TRUST_NOT_PULLED("CHY-T006", ExitStatus.WRONG_USE, "nothing is trusted yet"),
    TRUST_STORE_UNUSABLE("CHY-T007", ExitStatus.UNREADABLE, "what was pulled before cannot be used"),

    // D: what chancery doctor finds
    CLOCK_WRONG("CHY-D001", ExitStatus.WRONG_USE, "the clock is wrong"),
    OTHERS_MAY_WRITE("CHY-D002", ExitStatus.WRONG_USE, "others can change what the program relies on"),
    JAVA_UNSUITED("CHY-D003", ExitStatus.WRONG_USE, "the Java runtime is not as it should be"),
    SECRET_IN_ENVIRONMENT("CHY-D004", ExitStatus.WRONG_USE, "a secret stands in an environment variable"),
    NO_USABLE_TOKEN("CHY-D005", ExitStatus.KEY, "the module has no token that can be used"),
    PIN_TRIES_LOW("CHY-D006", ExitStatus.KEY, "few tries are left for the PIN"),
    SESSIONS_SCARCE("CHY-D007", ExitStatus.KEY, "the token has few sessions left"),
    NO_SIGNING_MECHANISM("CHY-D008", ExitStatus.KEY, "the token cannot sign"),
    TOKEN_IN_ERROR("CHY-D009", ExitStatus.KEY, "the token is in an error state"),
    AUDIT_LOG_NOT_READY("CHY-D010", ExitStatus.UNREADABLE, "the audit log could not be written"),

    // Q: quorums and signing requests
    QUORUM_CONTENT_DIFFERS("CHY-Q001", ExitStatus.WRONG_USE, "the signatures are not over the same content"),
    QUORUM_MEMBER_KIND("CHY-Q002", ExitStatus.WRONG_USE, "a signature over a file cannot join others"),
    QUORUM_SHORT("CHY-Q003", ExitStatus.REJECTED, "too few of those who are expected have signed"),
    MEMBER_DUPLICATE("CHY-Q004", ExitStatus.REJECTED, "a signer has signed more than once"),
    MEMBER_FOREIGN("CHY-Q005", ExitStatus.REJECTED, "nobody who is expected made this signature"),
    ALREADY_SIGNED("CHY-Q006", ExitStatus.WRONG_USE, "the key has signed this already"),
    KEY_UNDER_SEVERAL_NAMES("CHY-Q007", ExitStatus.REJECTED, "one key stands under several names"),

    // X: the program itself
    DEFECT("CHY-X001", ExitStatus.DEFECT, "a defect of the program");

    private final String code;
    private final ExitStatus exitStatus;
    private final String title;

    ErrorCode(String code, ExitStatus exitStatus, String title) {
        this.code = code;
        this.exitStatus = exitStatus;
        this.title = title;
    }

    /// The stable code, `CHY-<area><number>`.
    public String code() {
        return code;
    }

    /// How the program ends when this error ends it.
    public ExitStatus exitStatus() {
        return exitStatus;
    }

    /// A few words, the heading of its page.
    public String title() {
        return title;
    }
}
