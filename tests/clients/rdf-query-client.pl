# RDF::Query::Client of Perl. It takes and gives bytes, so nothing is decoded here.
use strict;
use warnings;
use RDF::Query::Client;

my ($endpoint, $select, $yes, $no, $construct) = @ARGV;

sub ask {
    my $query = RDF::Query::Client->new($_[0]);
    my $answer = $query->execute($endpoint);
    die $query->error unless defined $answer;
    return $answer;
}

my $rows = ask($select);
while (my $row = $rows->next) {
    print join("\t", 'row', map { $row->{$_}->value } qw(partner label said)), "\n";
}
for my $query ($yes, $no) {
    print "truth\t", (ask($query)->get_boolean ? 'true' : 'false'), "\n";
}
my $triples = ask($construct);
while (my $triple = $triples->next) {
    print join("\t", 'triple', map { $triple->$_->value } qw(subject predicate object)), "\n";
}
