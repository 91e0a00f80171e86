// Package pdf compares how this project judges signed PDF files with how pdfsign does,
// lets pdfsign sign documents for this project to judge, and measures both.
package pdf
