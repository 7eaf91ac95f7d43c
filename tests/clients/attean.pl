# Attean’s SPARQL store of Perl, which only asks for rows. It takes text, and gives bytes.
use strict;
use warnings;
use Attean;
use Attean::RDF;
use Encode;

my ($endpoint, $select) = map { decode_utf8($_) } @ARGV;
my $store = Attean->get_store('SPARQL')->new(endpoint_url => iri($endpoint));
# Its reader of JSON stumbles over what is not Latin-1.
$store->ua->default_headers->header(Accept => 'application/sparql-results+xml');
my $rows = $store->get_sparql($select);
while (my $row = $rows->next) {
    print join("\t", 'row', map { $row->value($_)->value } qw(partner label said)), "\n";
}
