// Verifies the lines of a batch with sigstore-go, as a program that uses this library would: goroutines on all processors, one verifier.
//
//	verify-go KEY.pub BATCH.jsonl
//	verify-go --keyless TRUSTED-ROOT IDENTITY ISSUER BATCH.jsonl
//
// Keyless wants what chancery wants: one log entry, one proof of time, one promise of a certificate transparency log.
//
// A line is {"artifact": "sha256:HEX", "bundle": PATH}, the same file that chancery gets. Prints how many were verified and how many not.
package main

import (
	"bufio"
	"crypto"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/sigstore/sigstore-go/pkg/bundle"
	"github.com/sigstore/sigstore-go/pkg/root"
	"github.com/sigstore/sigstore-go/pkg/verify"
	"github.com/sigstore/sigstore/pkg/cryptoutils"
	"github.com/sigstore/sigstore/pkg/signature"
)

type item struct {
	Artifact string `json:"artifact"`
	Bundle   string `json:"bundle"`
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "verify-go:", err)
		os.Exit(2)
	}
}

func verifierOf(keyFile string) *verify.Verifier {
	pem, err := os.ReadFile(keyFile)
	fail(err)
	key, err := cryptoutils.UnmarshalPEMToPublicKey(pem)
	fail(err)
	verifier, err := signature.LoadVerifier(key, crypto.SHA256)
	fail(err)
	expiring := root.NewExpiringKey(verifier, time.Time{}, time.Time{})
	material := root.NewTrustedPublicKeyMaterial(func(string) (root.TimeConstrainedVerifier, error) { return expiring, nil })
	made, err := verify.NewVerifier(material, verify.WithNoObserverTimestamps())
	fail(err)
	return made
}

func keylessVerifierOf(rootFile string) *verify.Verifier {
	trusted, err := root.NewTrustedRootFromPath(rootFile)
	fail(err)
	made, err := verify.NewVerifier(trusted, verify.WithTransparencyLog(1), verify.WithObserverTimestamps(1), verify.WithSignedCertificateTimestamps(1))
	fail(err)
	return made
}

func verifies(verifier *verify.Verifier, who verify.PolicyOption, line string) bool {
	var one item
	if json.Unmarshal([]byte(line), &one) != nil {
		return false
	}
	digest, err := hex.DecodeString(strings.TrimPrefix(one.Artifact, "sha256:"))
	if err != nil {
		return false
	}
	loaded, err := bundle.LoadJSONFromPath(one.Bundle)
	if err != nil {
		return false
	}
	_, err = verifier.Verify(loaded, verify.NewPolicy(verify.WithArtifactDigest("sha256", digest), who))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	return err == nil
}

func main() {
	var verifier *verify.Verifier
	var who verify.PolicyOption
	switch {
	case len(os.Args) == 3:
		verifier, who = verifierOf(os.Args[1]), verify.WithKey()
	case len(os.Args) == 6 && os.Args[1] == "--keyless":
		identity, err := verify.NewShortCertificateIdentity(os.Args[4], "", os.Args[3], "")
		fail(err)
		verifier, who = keylessVerifierOf(os.Args[2]), verify.WithCertificateIdentity(identity)
	default:
		fail(fmt.Errorf("usage: verify-go KEY.pub BATCH.jsonl | --keyless TRUSTED-ROOT IDENTITY ISSUER BATCH.jsonl"))
	}
	file, err := os.Open(os.Args[len(os.Args)-1])
	fail(err)
	defer file.Close()
	lines := make(chan string, 1024)
	var workers sync.WaitGroup
	good := make([]int, runtime.NumCPU())
	bad := make([]int, runtime.NumCPU())
	for w := range good {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for line := range lines {
				if verifies(verifier, who, line) {
					good[w]++
				} else {
					bad[w]++
				}
			}
		}()
	}
	scanner := bufio.NewScanner(file)
	for scanner.Scan() {
		lines <- scanner.Text()
	}
	close(lines)
	workers.Wait()
	sumGood, sumBad := 0, 0
	for w := range good {
		sumGood += good[w]
		sumBad += bad[w]
	}
	fmt.Println(sumGood, sumBad)
	if sumBad > 0 {
		os.Exit(1)
	}
}
