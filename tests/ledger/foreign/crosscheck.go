// Reads a published log with Go's own transparency packages (golang.org/x/mod/sumdb), which know nothing of us:
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go run crosscheck.go FOLDER VKEY
//
// The checkpoint must open under the key, every tile must belong to the signed root, and up to a thousand
// inclusion proofs, made and checked by these packages, must lead from the entries to it.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const width = 256

// folder reads tiles. The package writes the height into a tile's path; tlog-tiles leaves it out.
type folder string

func (folder) Height() int                         { return 8 }
func (folder) SaveTiles(_ []tlog.Tile, _ [][]byte) {}
func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range tiles {
		content, err := os.ReadFile(filepath.Join(string(f), strings.Replace(tile.Path(), "tile/8/", "tile/", 1)))
		if err != nil {
			return nil, err
		}
		found = append(found, content)
	}
	return found, nil
}

// entry is the bytes of one entry, from its bundle.
func (f folder) entry(index, size int64) ([]byte, error) {
	number := index / width
	tile := tlog.Tile{H: 8, L: 0, N: number, W: width}
	if rest := size - number*width; rest < width {
		tile.W = int(rest)
	}
	bundle, err := os.ReadFile(filepath.Join(string(f), strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1)))
	if err != nil {
		return nil, err
	}
	for n := index % width; n > 0; n-- {
		bundle = bundle[2+binary.BigEndian.Uint16(bundle):]
	}
	return bundle[2 : 2+binary.BigEndian.Uint16(bundle)], nil
}

func check(err error) {
	if err != nil {
		fmt.Println("FAIL", err)
		os.Exit(1)
	}
}

func main() {
	log := folder(os.Args[1])
	verifier, err := note.NewVerifier(os.Args[2])
	check(err)
	raw, err := os.ReadFile(filepath.Join(string(log), "checkpoint"))
	check(err)
	signed, err := note.Open(raw, note.VerifierList(verifier))
	check(err)
	lines := strings.Split(signed.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	root, err := base64.StdEncoding.DecodeString(lines[2])
	check(err)
	tree := tlog.Tree{N: size}
	copy(tree.Hash[:], root)
	hashes := tlog.TileHashReader(tree, log) // Refuses tiles that do not belong to the root.
	proofs := 0
	for index := int64(0); index < size; index += 1 + size/1000 {
		entry, err := log.entry(index, size)
		check(err)
		proof, err := tlog.ProveRecord(size, index, hashes)
		check(err)
		check(tlog.CheckRecord(proof, size, tree.Hash, index, tlog.RecordHash(entry)))
		proofs++
	}
	fmt.Printf("ok %d entries, %d proofs\n", size, proofs)
}
