<?php

// EasyRdf, the RDF library of PHP.
require 'EasyRdf/autoload.php';

[, $endpoint, $select, $yes, $no, $construct] = $argv;
$client = new \EasyRdf\Sparql\Client($endpoint);
foreach ($client->query($select) as $row) {
    echo implode("\t", ['row', $row->partner, $row->label, $row->said]), "\n";
}
foreach ([$yes, $no] as $query) {
    echo "truth\t", $client->query($query)->isTrue() ? 'true' : 'false', "\n";
}
foreach ($client->query($construct)->toRdfPhp() as $subject => $said) {
    foreach ($said as $predicate => $objects) {
        foreach ($objects as $object) {
            echo implode("\t", ['triple', $subject, $predicate, $object['value']]), "\n";
        }
    }
}
