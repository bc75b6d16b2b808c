/* The measure for signing: C_SignInit + C_Sign in a loop, ECDSA P-256 over one 32-byte digest, a session for each thread.
 *
 *   sign_loop MODULE TOKEN KEY PIN-FILE
 *
 * Stays and obeys lines on standard input, so that others can be measured in between: "THREADS MILLISECONDS" signs on so many threads for
 * so long, and answers "SIGNATURES NANOSECONDS CPU-NANOSECONDS". Ends with its input. Status 1 when the token refuses. */
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <p11-kit/pkcs11.h>

enum { MAX_THREADS = 64 };

static CK_FUNCTION_LIST *p11;
static CK_SLOT_ID slot;
static CK_OBJECT_HANDLE key;
static CK_SESSION_HANDLE sessions[MAX_THREADS];
static volatile int stop;

static void check(const char *what, CK_RV rv) {
    if (rv != CKR_OK) {
        fprintf(stderr, "sign_loop: %s returned 0x%lx\n", what, rv);
        exit(1);
    }
}

static void fail(const char *what) {
    fprintf(stderr, "sign_loop: %s\n", what);
    exit(1);
}

static long long nanos(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void *sign(void *argument) {
    long number = (long) argument;
    CK_MECHANISM ecdsa = { CKM_ECDSA, NULL, 0 };
    CK_BYTE digest[32], signature[256];
    long made = 0;
    memset(digest, 0x5a, sizeof digest);
    while (!stop) {
        CK_ULONG length = sizeof signature;
        check("C_SignInit", p11->C_SignInit(sessions[number], &ecdsa, key));
        check("C_Sign", p11->C_Sign(sessions[number], digest, sizeof digest, signature, &length));
        made++;
    }
    return (void *) made;
}

static void find_slot(const char *label) {
    CK_SLOT_ID slots[64];
    CK_ULONG count = 64;
    check("C_GetSlotList", p11->C_GetSlotList(CK_TRUE, slots, &count));
    for (CK_ULONG i = 0; i < count; i++) {
        CK_TOKEN_INFO info;
        size_t length = strlen(label);
        check("C_GetTokenInfo", p11->C_GetTokenInfo(slots[i], &info));
        if (length < sizeof info.label && memcmp(info.label, label, length) == 0 && info.label[length] == ' ') {
            slot = slots[i];
            return;
        }
    }
    fail("there is no such token");
}

static void log_in(const char *pin_file) {
    char pin[256];
    FILE *file = fopen(pin_file, "r");
    if (file == NULL || fgets(pin, sizeof pin, file) == NULL) {
        fail("the PIN file cannot be read");
    }
    fclose(file);
    pin[strcspn(pin, "\r\n")] = 0;
    check("C_Login", p11->C_Login(sessions[0], CKU_USER, (CK_UTF8CHAR *) pin, strlen(pin)));
}

static void find_key(char *label) {
    CK_OBJECT_CLASS class = CKO_PRIVATE_KEY;
    CK_ATTRIBUTE wanted[] = { { CKA_CLASS, &class, sizeof class }, { CKA_LABEL, label, strlen(label) } };
    CK_ULONG found;
    check("C_FindObjectsInit", p11->C_FindObjectsInit(sessions[0], wanted, 2));
    check("C_FindObjects", p11->C_FindObjects(sessions[0], &key, 1, &found));
    check("C_FindObjectsFinal", p11->C_FindObjectsFinal(sessions[0]));
    if (found != 1) {
        fail("there is no such key");
    }
}

static void measure(int threads, long milliseconds) {
    pthread_t started[MAX_THREADS];
    struct timespec length = { milliseconds / 1000, milliseconds % 1000 * 1000000 };
    long long from = nanos(CLOCK_MONOTONIC), cpu = nanos(CLOCK_PROCESS_CPUTIME_ID);
    long total = 0;
    stop = 0;
    for (long i = 0; i < threads; i++) {
        if (pthread_create(&started[i], NULL, sign, (void *) i) != 0) {
            fail("a thread cannot be started");
        }
    }
    nanosleep(&length, NULL);
    stop = 1;
    for (int i = 0; i < threads; i++) {
        void *made;
        pthread_join(started[i], &made);
        total += (long) made;
    }
    printf("%ld %lld %lld\n", total, nanos(CLOCK_MONOTONIC) - from, nanos(CLOCK_PROCESS_CPUTIME_ID) - cpu);
    fflush(stdout);
}

int main(int count, char **arguments) {
    CK_C_INITIALIZE_ARGS os_locking = { .flags = CKF_OS_LOCKING_OK };
    int threads;
    long milliseconds;
    if (count != 5) {
        fail("usage: sign_loop MODULE TOKEN KEY PIN-FILE");
    }
    void *library = dlopen(arguments[1], RTLD_NOW);
    if (library == NULL) {
        fail(dlerror());
    }
    CK_RV (*list)(CK_FUNCTION_LIST **) = (CK_RV (*)(CK_FUNCTION_LIST **)) dlsym(library, "C_GetFunctionList");
    if (list == NULL) {
        fail("it is no PKCS#11 module");
    }
    check("C_GetFunctionList", list(&p11));
    check("C_Initialize", p11->C_Initialize(&os_locking));
    find_slot(arguments[2]);
    for (int i = 0; i < MAX_THREADS; i++) {
        check("C_OpenSession", p11->C_OpenSession(slot, CKF_SERIAL_SESSION, NULL, NULL, &sessions[i]));
    }
    log_in(arguments[4]);
    find_key(arguments[3]);
    while (scanf("%d %ld", &threads, &milliseconds) == 2) {
        if (threads < 1 || threads > MAX_THREADS || milliseconds < 1) {
            fail("wrong numbers");
        }
        measure(threads, milliseconds);
    }
    return 0;
}
